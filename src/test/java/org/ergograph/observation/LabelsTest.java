package org.ergograph.observation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LabelsTest {
    @Test
    void harmlessTextIsTheSameInstance() {
        String text = "/api/v1/servers/{id}";

        assertThat(Labels.sanitize(text)).isSameAs(text);
    }

    static Stream<Arguments> dirtyAndClean() {
        return Stream.of(
                Arguments.of("a\"b", "a_b"),
                Arguments.of("a\\b", "a_b"),
                Arguments.of("a\nb", "a_b"),
                Arguments.of("a\rb", "a_b"),
                Arguments.of("a\tb", "a_b"),
                Arguments.of("a\u0000b", "a_b"),
                Arguments.of("a\u007fb", "a_b"),
                Arguments.of("a\u0085b", "a_b"),
                Arguments.of("a\u2028b", "a_b"),
                Arguments.of("a\ud800b", "a_b"),
                Arguments.of("\udc00b", "_b"),
                Arguments.of("gr\u00fcn \ud83d\ude00", "gr\u00fcn \ud83d\ude00"));
    }

    @ParameterizedTest
    @MethodSource("dirtyAndClean")
    void whatBreaksALineOrAQuoteIsReplaced(String text, String clean) {
        assertThat(Labels.sanitize(text)).isEqualTo(clean);
    }

    @Test
    void nothingBecomesUnknown() {
        assertThat(Labels.sanitize("")).isEqualTo("unknown");
    }

    @Test
    void tenKilobytesAreCutAtTheLimit() {
        assertThat(Labels.sanitize("x".repeat(10_240))).hasSize(Labels.MAX_LENGTH);
        assertThat(Labels.sanitize("x".repeat(Labels.MAX_LENGTH))).hasSize(Labels.MAX_LENGTH);
    }

    @Test
    void aCutLeavesNoHalfCharacter() {
        String clean = Labels.sanitize("x".repeat(Labels.MAX_LENGTH - 1) + "\ud83d\ude00");

        assertThat(clean).endsWith("x_");
    }

    @Test
    void sanitisedTextStaysAsItIs() {
        Random random = new Random(7);
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 300; i++) {
                text.append((char) random.nextInt(0x10000));
            }
            String clean = Labels.sanitize(text.toString());

            assertThat(Labels.sanitize(clean)).isSameAs(clean);
            assertThat(clean).hasSizeLessThanOrEqualTo(Labels.MAX_LENGTH);
        }
    }
}
