package org.ergograph.alert.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FigureTest {
    @ParameterizedTest
    @CsvSource({
        "p95, 1.524, 1.52 s",
        "p95, 1, 1 s",
        "p99_response_time, 12.34, 12.3 s",
        "mean, 123.4, 123 s",
        "min, 0, 0 s",
        "max, 0.5, 500 ms",
        "p50, 0.001, 1 ms",
        "p90, 0.0005, 500 µs",
        "p95, -1.5, -1.5 s",
        "error_rate, 0.0734, 7.34 %",
        "error_rate, 1, 100 %",
        "cpu_usage, 83.26, 83.3 %",
        "pool_utilization, 0.93, 93 %",
        "cache_hit_rate, 0.5, 50 %",
        "mean_response_time, 0.25, 250 ms",
        "pool_wait, 2, 2 s",
        "rate, 1000, 1000/s",
        "errors_per_second, 0.25, 0.25/s",
        "requests_per_second, 1234.5, 1235/s",
        "count, 41, 41",
        "'tool(\"search\").p99', 2, 2 s",
        "'tool(\"a.count\").error_rate', 0.5, 50 %",
        "'sample(\"cpu_usage_percent\").mean', 80, 80 %",
        "'sample(\"cpu_usage_percent\").count', 80, 80",
        "'sample(\"pool_other_wait_seconds\").max', 1.5, 1.5 s",
        "'sample(\"pool_other_utilization_ratio\").max', 0.75, 75 %",
        "'sample(\"queue\").p95', 80, 80",
        "'deviation(\"p95\")', 3.4567, 3.46",
        "unknown, 0.1234, 0.123",
        "unknown, 0, 0",
        "unknown, Infinity, infinite",
        "unknown, -Infinity, -infinite",
        "unknown, NaN, no value",
    })
    void valueHasItsUnit(String metric, double value, String text) {
        assertThat(Figure.text(metric, OptionalDouble.of(value))).isEqualTo(text);
    }

    @Test
    void whatHasNoValueSaysSo() {
        assertThat(Figure.text("p95", OptionalDouble.empty())).isEqualTo("no value");
    }
}
