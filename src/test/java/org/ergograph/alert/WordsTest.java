package org.ergograph.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 s",
        "PT0.9S, 0 s",
        "PT59S, 59 s",
        "PT1M, 1 min",
        "PT1M1S, 1 min 1 s",
        "PT1H30M, 1 h 30 min",
        "PT1H0M5S, 1 h",
        "P1D, 1 d",
        "P30DT2H, 30 d 2 h",
        "PT-90S, -1 min 30 s"
    })
    void durationIsReadable(Duration duration, String words) {
        assertThat(Words.of(duration)).isEqualTo(words);
    }
}
