package org.ergograph.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessTimeTest {
    @ParameterizedTest(name = "{0} ns are {1} s, and {2}")
    @CsvSource({
        "0, 0.000000, app;dur=0.000",
        "-5, 0.000000, app;dur=0.000",
        "999, 0.000000, app;dur=0.000",
        "1000, 0.000001, app;dur=0.001",
        "1284000, 0.001284, app;dur=1.284",
        "999999999, 0.999999, app;dur=999.999",
        "1000000000, 1.000000, app;dur=1000.000",
        "3600000000000, 3600.000000, app;dur=3600000.000"
    })
    void timeIsWrittenAsADecimal(long nanos, String seconds, String timing) {
        assertThat(ProcessTime.seconds(nanos)).isEqualTo(seconds);
        assertThat(ProcessTime.serverTiming(nanos)).isEqualTo(timing);
    }
}
