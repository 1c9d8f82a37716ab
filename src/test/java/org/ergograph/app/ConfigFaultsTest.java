package org.ergograph.app;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Map;
import org.ergograph.observation.ObservationSettings;
import org.ergograph.outbound.OutboundPolicy;
import org.ergograph.recorder.ConfigValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFaultsTest {
    private static void read(Map<String, String> given) {
        ConfigValues values = new ConfigValues(name -> given.getOrDefault(name, ""));
        HistoryConfig.read(values, ObservationSettings.defaults());
        HealthConfig.read(values, OutboundPolicy.of(List.of()));
        values.check();
    }

    @Test
    void defaultsAreAllowed() {
        assertThatCode(() -> read(Map.of())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "ergograph.audit.queue, 65535, a power of two",
        "ergograph.audit.queue, 512, a power of two",
        "ergograph.audit.queue, many, a power of two",
        "ergograph.audit.batch, 0, a number from 1",
        "ergograph.audit.interval, 250, an ISO-8601 duration",
        "ergograph.audit.interval, PT0S, an ISO-8601 duration",
        "ergograph.audit.durability, PT0.01S, an ISO-8601 duration from PT0.05S",
        "ergograph.audit.journal.max-bytes, 1024, a number from 1048576",
        "ergograph.audit.sample.ratio, 1.5, a number from 0 to 1",
        "ergograph.audit.sample.ratio, NaN, a number from 0 to 1",
        "ergograph.audit.sample.kinds, 'http,sql', workflow",
        "ergograph.audit.sample.max-rate, -1, a number from 0",
        "ergograph.health.cpu-percent, 101, a number from 1 to 100",
        "ergograph.health.urls, http://shop.example/, NAME=URL",
        "ergograph.health.urls, shop=ftp://shop.example/, is no http or https URL",
        "ergograph.health.urls, shop=http://10.0.0.1/, ergograph.outbound.allow",
        "ergograph.health.urls, 'Shop=http://shop.example/,b=https://b.example/=204', a-z"
    })
    void badValueIsToldWithItsKeyAndWhatIsAllowed(String key, String value, String allowed) {
        assertThatIllegalStateException()
                .isThrownBy(() -> read(Map.of(key, value)))
                .withMessageContaining(key)
                .withMessageContaining(allowed);
    }

    @Test
    void allFaultsAreToldAtOnce() {
        assertThatIllegalStateException()
                .isThrownBy(() -> read(Map.of("ergograph.audit.batch", "x", "ergograph.health.timeout", "y")))
                .withMessageContaining("ergograph.audit.batch is 'x'")
                .withMessageContaining("ergograph.health.timeout is 'y'");
    }
}
