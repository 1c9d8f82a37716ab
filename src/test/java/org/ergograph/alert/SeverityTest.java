package org.ergograph.alert;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeverityTest {
    @Test
    void wordsAreParsedAndNothingElse() {
        assertThat(Severity.WORDS).containsExactly("info", "warning", "critical", "emergency");
        assertThat(Severity.WORDS.stream()
                        .map(word -> Severity.parse(word).orElseThrow().word()))
                .isEqualTo(Severity.WORDS);
        assertThat(Severity.parse("WARNING")).isEmpty();
    }
}
