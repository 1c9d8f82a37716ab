package org.ergograph.alert;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeverityTest {
    @Test
    void wordsAreParsedAndNothingElse() {
        assertThat(Severity.WORDS).containsExactly("info", "warning", "critical", "emergency");
        assertThat(Severity.WORDS.stream()
                        .map(word -> Severity.parse(word).orElseThrow().word()))
                .isEqualTo(Severity.WORDS);
        assertThat(Severity.parse("WARNING")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "WARNING, warning, false",
        "WARNING, medium, false",
        "WARNING, critical, true",
        "WARNING, high, true",
        "CRITICAL, high, false",
        "CRITICAL, critical, false",
        "EMERGENCY, critical, false",
        "EMERGENCY, high, true",
        "INFO, page at once, false"
    })
    void wordOfAnotherSeverityContradicts(Severity severity, String word, boolean contradicts) {
        assertThat(severity.contradicts(word)).isEqualTo(contradicts);
    }
}
