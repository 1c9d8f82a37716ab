package org.ergograph.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.ergograph.observation.Metric;
import org.ergograph.observation.MetricType;
import org.ergograph.observation.Metrics;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BucketConfigSourceTest {
    private record Values(String getName, int getOrdinal, Map<String, String> getProperties) implements ConfigSource {
        @Override
        public Set<String> getPropertyNames() {
            return getProperties.keySet();
        }

        @Override
        public @Nullable String getValue(String name) {
            return getProperties.get(name);
        }
    }

    @Test
    void boundsAreWrittenAsTheServersReadThem() {
        List<String> timers = List.of(
                BucketConfigSource.value(BucketConfigSource.TIMER_BUCKETS, "").split(";"));
        assertThat(timers)
                .contains(
                        "mcp_http_request_duration=1ms,5ms,10ms,25ms,50ms,100ms,250ms,500ms,1000ms,2500ms,5000ms,10000ms");
        assertThat(BucketConfigSource.value(BucketConfigSource.HISTOGRAM_BUCKETS, "")
                        .split(";"))
                .contains("mcp_http_response_size_bytes=100,1000,10000,100000,1000000,10000000");
    }

    @Test
    void everyHistogramHasBoundsAndNoQuantiles() {
        String buckets = BucketConfigSource.value(BucketConfigSource.TIMER_BUCKETS, "") + ";"
                + BucketConfigSource.value(BucketConfigSource.HISTOGRAM_BUCKETS, "");
        List<String> percentiles = List.of(
                BucketConfigSource.value(BucketConfigSource.PERCENTILES, "").split(";"));
        for (Metric metric : Metrics.all()) {
            if (metric.type() == MetricType.HISTOGRAM) {
                Bounds.check(metric);
                assertThat(buckets).contains(";" + Instruments.nameOf(metric) + "=");
                assertThat(percentiles).contains(Instruments.nameOf(metric) + "=");
            }
        }
    }

    @Test
    void whatTheApplicationSaysIsKeptBelowOurs() {
        String value = BucketConfigSource.value(BucketConfigSource.TIMER_BUCKETS, "*=7ms");
        assertThat(value).startsWith("mcp_custom_*=").contains(";*=7ms;");
        assertThat(value.indexOf(";*=7ms;")).isLessThan(value.indexOf(";mcp_http_request_duration="));
    }

    @Test
    void theHighestOfTheOthersSpeaks() {
        String key = BucketConfigSource.PERCENTILES;
        ConfigSource low = new Values("low", 100, Map.of(key, "a=0.5"));
        ConfigSource high = new Values("high", 400, Map.of(key, " b=0.9 "));
        ConfigSource silent = new Values("silent", 500, Map.of());
        assertThat(BucketConfigSource.theirs(key, List.of(new BucketConfigSource(), low, high, silent)))
                .isEqualTo("b=0.9");
        assertThat(BucketConfigSource.theirs(key, List.of(silent))).isEmpty();
    }

    @Test
    void otherKeysAreNotOurs() {
        assertThat(new BucketConfigSource().getValue("mp.metrics.appName")).isNull();
    }
}
