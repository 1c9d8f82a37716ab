package org.ergograph.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginRuleTest {
    private static final List<String> ALLOWED = List.of("https://App.example:8443");

    private static boolean admitted(boolean openToAny, @Nullable String origin, String host) {
        return new OriginRule(openToAny, ALLOWED).refusal(origin, host).isEmpty();
    }

    @Test
    void whatHasNoOriginIsNoWebPage() {
        assertThat(admitted(false, null, "localhost:9080")).isTrue();
        assertThat(admitted(true, null, "server.example")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost, true",
        "http://localhost:6274, true",
        "HTTP://LocalHost:6274, true",
        "https://127.0.0.1:1, true",
        "http://[::1]:3000, true",
        "https://app.example:8443, true",
        "https://app.example, false",
        "http://app.example:8443, false",
        "http://evil.example, false",
        "http://localhost.evil.example, false",
        "http://localhost@evil.example, false",
        "http://evil.example/#http://localhost, false",
        "file://, false",
        "null, false",
        "'', false",
        "not an origin, false"
    })
    void pageMustBeOfThisMachineWhereTheServerAnswersItsOwnOnly(String origin, boolean admitted) {
        assertThat(admitted(false, origin, "localhost:9080")).isEqualTo(admitted);
    }

    @ParameterizedTest
    @CsvSource({
        "https://server.example:8443, true",
        "http://Server.example:8443, true",
        "https://app.example:8443, true",
        "https://server.example, false",
        "http://localhost:8443, false",
        "null, false"
    })
    void pageMustBeOfTheServerItselfWhereItAnswersEverybody(String origin, boolean admitted) {
        assertThat(admitted(true, origin, "server.example:8443")).isEqualTo(admitted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://a.example", "http://localhost:3000"})
    void originIsSchemeHostAndPort(String text) {
        assertThat(OriginRule.isOrigin(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "a.example", "https://a.example/", "https://a.example/path", "ftp://a.example", ""})
    void anythingElseIsNoOrigin(String text) {
        assertThat(OriginRule.isOrigin(text)).isFalse();
    }
}
