package org.ergograph.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundPolicyTest {
    private static final OutboundPolicy CLOSED = OutboundPolicy.of(List.of());

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "8.8.8.8,PUBLIC",
        "1.0.0.0,PUBLIC",
        "0.0.0.0,UNSPECIFIED",
        "0.255.255.255,UNSPECIFIED",
        "9.255.255.255,PUBLIC",
        "10.0.0.0,PRIVATE",
        "10.255.255.255,PRIVATE",
        "11.0.0.0,PUBLIC",
        "100.63.255.255,PUBLIC",
        "100.64.0.0,CARRIER",
        "100.127.255.255,CARRIER",
        "100.128.0.0,PUBLIC",
        "126.255.255.255,PUBLIC",
        "127.0.0.1,LOOPBACK",
        "127.255.255.255,LOOPBACK",
        "128.0.0.0,PUBLIC",
        "169.253.255.255,PUBLIC",
        "169.254.169.254,LINK_LOCAL",
        "169.255.0.0,PUBLIC",
        "172.15.255.255,PUBLIC",
        "172.16.0.0,PRIVATE",
        "172.31.255.255,PRIVATE",
        "172.32.0.0,PUBLIC",
        "192.0.0.1,RESERVED",
        "192.0.1.1,PUBLIC",
        "192.0.2.1,RESERVED",
        "192.88.99.1,RESERVED",
        "192.167.255.255,PUBLIC",
        "192.168.0.0,PRIVATE",
        "192.169.0.0,PUBLIC",
        "198.17.255.255,PUBLIC",
        "198.18.0.0,RESERVED",
        "198.19.255.255,RESERVED",
        "198.20.0.0,PUBLIC",
        "198.51.100.7,RESERVED",
        "203.0.113.7,RESERVED",
        "203.0.114.0,PUBLIC",
        "223.255.255.255,PUBLIC",
        "224.0.0.1,MULTICAST",
        "239.255.255.255,MULTICAST",
        "240.0.0.1,RESERVED",
        "255.255.255.255,RESERVED",
        "::,UNSPECIFIED",
        "::1,LOOPBACK",
        "::2,UNSPECIFIED",
        "::ffff:127.0.0.1,LOOPBACK",
        "::ffff:8.8.8.8,PUBLIC",
        "::ffff:a9fe:a9fe,LINK_LOCAL",
        "::10.0.0.1,PRIVATE",
        "64:ff9b::10.0.0.1,PRIVATE",
        "64:ff9b::8.8.8.8,PUBLIC",
        "64:ff9b::7f00:1,LOOPBACK",
        "64:ff9b:1::1,RESERVED",
        "2002:7f00:1::,LOOPBACK",
        "2002:a9fe:a9fe::1,LINK_LOCAL",
        "2002:808:808::1,PUBLIC",
        "2001:4860:4860::8888,PUBLIC",
        "2a00:1450::5efe:10.0.0.1,PRIVATE",
        "2a00:1450::200:5efe:10.0.0.1,PRIVATE",
        "2001:0:53aa:64c::1,RESERVED",
        "2001:db8::1,RESERVED",
        "2001:200::1,PUBLIC",
        "3fff::1,RESERVED",
        "3fff:1000::1,PUBLIC",
        "4000::1,RESERVED",
        "fc00::1,PRIVATE",
        "fdff::1,PRIVATE",
        "fe80::1,LINK_LOCAL",
        "febf::1,LINK_LOCAL",
        "fec0::1,PRIVATE",
        "ff02::1,MULTICAST",
        "100::1,RESERVED",
    })
    void classes(String address, AddressClass expected) throws Exception {
        assertThat(AddressClass.of(InetAddress.getByName(address))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com",
                "https://example.com:8443/mcp?x=1",
                "HTTP://EXAMPLE.com/",
                "http://8.8.8.8/",
                "http://[2001:4860:4860::8888]:80/",
                "http://localhost/",
                "http://xn--bcher-kva.example/",
                "http://example.com:65535/",
            })
    void wellFormedUrlPassesUntilItsAddressesAreKnown(String url) {
        assertThat(CLOSED.judge(url)).isInstanceOf(OutboundPolicy.Allowed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com",
                "/mcp",
                "//example.com/",
                "ftp://example.com/",
                "file:///etc/passwd",
                "jar:http://example.com!/a",
                "javascript:alert(1)",
                "http:example.com",
                "http:///mcp",
                "http://user@example.com/",
                "http://user:secret@example.com/",
                "http://example.com#@10.0.0.1/",
                "http://example.com/#top",
                "http://example.com:0/",
                "http://example.com:65536/",
                "http://example.com:-1/",
                "http://example.com:/",
                "http://exa mple.com/",
                "http://example.com/a\nb",
                "http://example.com\\@10.0.0.1/",
                "http://b\u00fccher.example/",
                "http://my_host/",
                "http://2130706433/",
                "http://0x7f000001/",
                "http://0x7f.1/",
                "http://127.1/",
                "http://0177.0.0.1/",
                "http://010.0.0.1/",
                "http://127.0.0.01/",
                "http://1.2.3.4.5/",
                "http://127.0.0.1./",
                "http://[::1/",
                "http://[fe80::1%25eth0]/",
                "http://[v1.x]/",
            })
    void malformedUrlIsRefusedWithWhatIsAllowed(String url) {
        assertThat(CLOSED.judge(url)).isInstanceOfSatisfying(OutboundPolicy.Refused.class, refused -> {
            assertThat(refused.malformed()).isTrue();
            assertThat(refused.allowed()).contains("http or https URL");
        });
    }

    @Test
    void urlAtTheLimitPassesAndOneLongerDoesNot() {
        String url = "http://example.com/" + "x".repeat(OutboundPolicy.MAX_URL_LENGTH - 19);
        assertThat(CLOSED.judge(url)).isInstanceOf(OutboundPolicy.Allowed.class);
        assertThat(CLOSED.judge(url + "x")).isInstanceOf(OutboundPolicy.Refused.class);
    }

    @ParameterizedTest(name = "{0} with {1} allowed: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "http://127.0.0.1/|none|leads to a loopback address",
                "http://127.0.0.1/|loopback|",
                "http://[::1]/|loopback|",
                "http://[::ffff:127.0.0.1]/|loopback|",
                "http://10.1.2.3/|loopback|leads to a private address",
                "http://10.1.2.3/|private|",
                "http://[fd00::1]/|private|",
                "http://169.254.169.254/latest/meta-data|private|leads to a link-local address",
                "http://169.254.169.254/|169.254.169.254|",
                "http://169.254.169.253/|169.254.169.254|leads to a link-local address",
                "http://10.1.2.3/|10.1.2.0/24|",
                "http://10.1.3.3/|10.1.2.0/24|leads to a private address",
                "http://[fd00:1::9]/|fd00:1::/32|",
                "http://[fd00:2::9]/|fd00:1::/32|leads to a private address",
                "http://[64:ff9b::a01:203]/|10.1.2.0/24|",
                "http://[2002:a01:303::]/|10.1.2.0/24|leads to a private address",
                "http://0.0.0.0/|loopback|leads to an unspecified address",
                "http://[::]/|private|leads to an unspecified address",
                "http://100.64.0.1/|private|leads to a carrier-grade NAT address",
            })
    void addressesAreAllowedOneByOne(String url, String allow, String reason) {
        OutboundPolicy policy = OutboundPolicy.of(allow.equals("none") ? List.of() : List.of(allow));
        if (reason == null) {
            assertThat(policy.judge(url)).isInstanceOf(OutboundPolicy.Allowed.class);
        } else {
            assertThat(policy.judge(url)).isInstanceOfSatisfying(OutboundPolicy.Refused.class, refused -> {
                assertThat(refused.reason()).isEqualTo(reason);
                assertThat(refused.malformed()).isFalse();
                assertThat(refused.allowed()).contains("ergograph.outbound.allow");
            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "everything",
                "10.0.0.1/8",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.0.0/8",
                "fd00::1/8",
                "::/129"
            })
    void allowListThatSaysNothingClearIsRefused(String item) {
        assertThatThrownBy(() -> OutboundPolicy.of(List.of("loopback", item)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
