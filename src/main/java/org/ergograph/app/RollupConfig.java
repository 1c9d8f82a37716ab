package org.ergograph.app;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.ergograph.history.rollup.RollupSettings;
import org.ergograph.history.rollup.Tier;
import org.ergograph.recorder.ConfigKey;
import org.ergograph.recorder.ConfigValues;

/** The configuration keys of the rollups. */
final class RollupConfig {
    static final ConfigKey INTERVAL = new ConfigKey(
            "ergograph.rollup.interval",
            "PT15S",
            "an ISO-8601 duration from PT0.1S to PT5M",
            "How often what was recorded is merged into the rollups.");
    static final ConfigKey LEASE = new ConfigKey(
            "ergograph.rollup.lease",
            "PT30S",
            "an ISO-8601 duration from PT1S to PT10M",
            "How long the node that makes the rollups may be silent before another one takes over.");
    static final ConfigKey MINUTE = new ConfigKey(
            "ergograph.rollup.retention.minute",
            "P1D",
            "an ISO-8601 duration from PT10M to P30D",
            "How long the rollups per minute are kept.");
    static final ConfigKey FIVE_MINUTES = new ConfigKey(
            "ergograph.rollup.retention.five-minutes",
            "P7D",
            "an ISO-8601 duration from PT1H to P365D",
            "How long the rollups per five minutes are kept.");
    static final ConfigKey HOUR = new ConfigKey(
            "ergograph.rollup.retention.hour",
            "P90D",
            "an ISO-8601 duration from P1D to P3650D",
            "How long the rollups per hour are kept.");
    static final ConfigKey DAY = new ConfigKey(
            "ergograph.rollup.retention.day",
            "P730D",
            "an ISO-8601 duration from P1D to P36500D",
            "How long the rollups per day are kept.");

    private RollupConfig() {}

    static List<ConfigKey> keys() {
        return List.of(INTERVAL, LEASE, MINUTE, FIVE_MINUTES, HOUR, DAY);
    }

    static RollupSettings read(ConfigValues values) {
        return new RollupSettings(
                values.duration(INTERVAL, Duration.ofMillis(100), Duration.ofMinutes(5)),
                values.duration(LEASE, Duration.ofSeconds(1), Duration.ofMinutes(10)),
                Map.of(
                        Tier.MINUTE, values.duration(MINUTE, Duration.ofMinutes(10), Duration.ofDays(30)),
                        Tier.FIVE_MINUTES, values.duration(FIVE_MINUTES, Duration.ofHours(1), Duration.ofDays(365)),
                        Tier.HOUR, values.duration(HOUR, Duration.ofDays(1), Duration.ofDays(3650)),
                        Tier.DAY, values.duration(DAY, Duration.ofDays(1), Duration.ofDays(36_500))));
    }
}
