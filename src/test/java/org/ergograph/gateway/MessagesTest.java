package org.ergograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"", "hello", "{\"a\":", "[1]", "{\"a\":1e99999999999}", "{\"a\":TENS}", "{\"a\":0.TENS}", "DEEP"
            })
    void answerThatCannotBeReadIsAFaultOfTheProtocol(String answer) {
        byte[] bytes = answer.replace("TENS", "10".repeat(50_000))
                .replace("DEEP", "[".repeat(100_000))
                .getBytes(StandardCharsets.UTF_8);
        assertThatExceptionOfType(UpstreamException.class)
                .isThrownBy(() -> Messages.parse(bytes))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(UpstreamException.Reason.PROTOCOL));
    }
}
