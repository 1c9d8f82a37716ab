package org.ergograph.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackRuleTest {
    private static Optional<String> refusal(String peer, String host) {
        return LoopbackRule.refusal(peer, List.of(host), "localhost", "HTTP/1.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:9080",
                "LocalHost:9080",
                "localhost.",
                "localhost.:9080",
                "127.0.0.1",
                "127.0.0.1:9080",
                "127.255.0.9",
                "[::1]",
                "[::1]:9080",
                "[0:0:0:0:0:0:0:1]",
                "[::ffff:127.0.0.1]",
                " localhost ",
            })
    void loopbackHostPasses(String host) {
        assertThat(refusal("127.0.0.1", host)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com",
                "example.com:9080",
                "localhost.example.com",
                "127.0.0.1.example.com",
                "127.0.0.1.nip.io",
                "127.0.0.1@example.com",
                "example.com@127.0.0.1",
                "localhost@example.com",
                "localhost:80:example.com",
                "localhost/",
                "localhost#example.com",
                "localhost, example.com",
                "localhost..",
                "localhost:",
                "localhost:port",
                "foo.localhost",
                "[::1",
                "::1",
                "[::2]",
                "[fe80::1]",
                "[::ffff:10.0.0.1]",
                "0.0.0.0",
                "10.0.0.1",
                "169.254.169.254",
                "127.1",
                "127.0.0.256",
                "127.0.0.01",
                "2130706433",
                "0x7f000001",
                "l\u00f6calhost",
                "\u212aocalhost",
            })
    void anyOtherHostIsRefused(String host) {
        assertThat(refusal("127.0.0.1", host)).contains("the header Host names another machine");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,true",
        "127.8.9.10,true",
        "::1,true",
        "0:0:0:0:0:0:0:1,true",
        "0:0:0:0:0:0:0:1%lo,true",
        "::ffff:127.0.0.1,true",
        "10.0.0.1,false",
        "0.0.0.0,false",
        "::,false",
        "fe80::1%eth0,false",
        "192.168.1.7,false",
        "localhost,false",
        "'',false",
        "unknown,false",
    })
    void onlyALoopbackPeerPasses(String peer, boolean passes) {
        assertThat(refusal(peer, "localhost").isEmpty()).isEqualTo(passes);
    }

    @Test
    void peerWithoutAddressIsRefused() {
        assertThat(LoopbackRule.refusal(null, List.of("localhost"), "localhost", "HTTP/1.1"))
                .isPresent();
    }

    @Test
    void hostIsGivenExactlyOnce() {
        assertThat(LoopbackRule.refusal("127.0.0.1", List.of(), "localhost", "HTTP/1.1"))
                .isPresent();
        assertThat(LoopbackRule.refusal("127.0.0.1", List.of("localhost", "localhost"), "localhost", "HTTP/1.1"))
                .isPresent();
    }

    @Test
    void http10NeedsNoHostSinceNoWebPageSpeaksIt() {
        assertThat(LoopbackRule.refusal("127.0.0.1", List.of(), "127.0.0.1", "HTTP/1.0"))
                .isEmpty();
        assertThat(LoopbackRule.refusal("10.0.0.1", List.of(), "127.0.0.1", "HTTP/1.0"))
                .isPresent();
    }

    @Test
    void absoluteTargetOfAnotherMachineIsRefusedWhateverTheHost() {
        assertThat(LoopbackRule.refusal("127.0.0.1", List.of("localhost"), "example.com", "HTTP/1.1"))
                .contains("the request means another machine");
        assertThat(LoopbackRule.refusal("127.0.0.1", List.of(), "example.com", "HTTP/2.0"))
                .isPresent();
        assertThat(LoopbackRule.refusal("127.0.0.1", List.of(), "[::1]", "HTTP/2.0"))
                .isEmpty();
    }
}
