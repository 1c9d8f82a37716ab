package org.ergograph.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ThresholdTest {
    @ParameterizedTest
    @CsvSource({
        "p95_response_time, 1.0, s",
        "p99_response_time, 2.0, s",
        "error_rate, 0.05, ratio",
        "error_rate_critical, 0.10, ratio",
        "cpu_usage, 80, %",
        "memory_usage, 85, %",
        "disk_usage, 90, %",
        "requests_per_second, 1000, 1/s",
        "database_query, 0.1, s",
        "database_query_critical, 0.5, s",
        "pool_utilization, 0.80, ratio",
        "pool_utilization_critical, 0.95, ratio",
        "cache_ping, 0.05, s",
        "cache_ping_critical, 0.2, s",
        "cache_hit_rate, 0.7, ratio",
        "cache_hit_rate_critical, 0.5, ratio",
        "token_validation, 0.2, s",
    })
    void thresholdHasItsNameItsDefaultAndItsUnit(String name, double value, String unit) {
        Threshold threshold = Threshold.named(name).orElseThrow();
        assertThat(threshold.defaultValue()).isEqualTo(value);
        assertThat(threshold.unit()).isEqualTo(unit);
        assertThat(threshold.label()).isEqualTo(name);
    }

    @Test
    void thereAreNoOthersThanThose() {
        assertThat(Threshold.values()).hasSize(17);
        assertThat(Threshold.named("P95_RESPONSE_TIME")).isEmpty();
        assertThat(Threshold.named("")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Threshold.class)
    void defaultIsAllowedAndOfAPairInOrder(Threshold threshold) {
        assertThat(threshold.defaultValue()).isBetween(threshold.min(), threshold.max());
        threshold
                .partner()
                .ifPresent(partner -> assertThat(
                                SettingRepository.inOrder(threshold, threshold.defaultValue(), partner.defaultValue()))
                        .isTrue());
    }

    @Test
    void pairsKnowEachOther() {
        assertThat(Arrays.stream(Threshold.values())
                        .filter(each -> each.partner().isPresent()))
                .hasSize(10)
                .allSatisfy(each ->
                        assertThat(each.partner().flatMap(Threshold::partner)).isEqualTo(Optional.of(each)));
        assertThat(Threshold.CACHE_PING.partner()).contains(Threshold.CACHE_PING_CRITICAL);
    }

    @ParameterizedTest
    @CsvSource({
        "CACHE_PING, 0.1, 0.2, true, the critical limit lies above",
        "CACHE_PING, 0.2, 0.2, false, the same is not beyond",
        "CACHE_PING, 0.3, 0.2, false, the warning would come after",
        "CACHE_PING_CRITICAL, 0.2, 0.1, true, the same asked of the critical one",
        "CACHE_PING_CRITICAL, 0.1, 0.1, false, the same is not beyond",
        "CACHE_HIT_RATE, 0.7, 0.5, true, of a floor the critical limit lies below",
        "CACHE_HIT_RATE, 0.5, 0.5, false, the same is not beyond",
        "CACHE_HIT_RATE_CRITICAL, 0.8, 0.7, false, the warning would come after",
        "CACHE_HIT_RATE_CRITICAL, 0.6, 0.7, true, of a floor the critical limit lies below",
    })
    void criticalLimitLiesBeyondTheOther(
            Threshold threshold, double value, double other, boolean inOrder, String because) {
        assertThat(SettingRepository.inOrder(threshold, value, other))
                .as(because)
                .isEqualTo(inOrder);
    }

    @ParameterizedTest
    @CsvSource({
        "CPU_USAGE, 80.1, 80, true",
        "CPU_USAGE, 80, 80, false",
        "CACHE_HIT_RATE, 0.69, 0.7, true",
        "CACHE_HIT_RATE, 0.7, 0.7, false",
    })
    void limitItselfIsRightStill(Threshold threshold, double value, double limit, boolean breached) {
        assertThat(threshold.isBreached(value, limit)).isEqualTo(breached);
    }
}
