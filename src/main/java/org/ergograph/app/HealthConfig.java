package org.ergograph.app;

import java.time.Duration;
import java.util.List;
import org.ergograph.health.HealthSettings;
import org.ergograph.recorder.ConfigKey;
import org.ergograph.recorder.ConfigValues;

/** The configuration keys of the health checks. */
final class HealthConfig {
    private static final String PERCENT = "a number from 1 to 100";

    static final ConfigKey INTERVAL = new ConfigKey(
            "ergograph.health.interval",
            "PT30S",
            "an ISO-8601 duration from PT1S to PT1H",
            "How often each health check runs; answers come from its last result.");
    static final ConfigKey TIMEOUT = new ConfigKey(
            "ergograph.health.timeout",
            "PT10S",
            "an ISO-8601 duration from PT0.1S to PT5M",
            "How long a health check may take before it counts as unhealthy.");
    static final ConfigKey CPU =
            new ConfigKey("ergograph.health.cpu-percent", "90", PERCENT, "Processor use that counts as too much.");
    static final ConfigKey MEMORY =
            new ConfigKey("ergograph.health.memory-percent", "90", PERCENT, "Memory use that counts as too much.");
    static final ConfigKey DISK = new ConfigKey(
            "ergograph.health.disk-percent",
            "90",
            PERCENT,
            "Use of the data directory's volume that counts as too much.");
    static final ConfigKey DATABASE_SLOW = new ConfigKey(
            "ergograph.health.database-slow",
            "PT0.1S",
            "an ISO-8601 duration from PT0.001S to PT1M",
            "A ping of the database that takes longer counts as degraded.");
    static final ConfigKey DATABASE_CRITICAL = new ConfigKey(
            "ergograph.health.database-critical",
            "PT0.5S",
            "an ISO-8601 duration from PT0.001S to PT1M, not below ergograph.health.database-slow",
            "A ping of the database that takes longer counts as unhealthy.");
    static final ConfigKey READY = new ConfigKey(
            "ergograph.health.ready",
            "",
            "a comma-separated list of: audit, database, system",
            "Names of the health checks without which this node is not ready.");

    private HealthConfig() {}

    static List<ConfigKey> keys() {
        return List.of(INTERVAL, TIMEOUT, CPU, MEMORY, DISK, DATABASE_SLOW, DATABASE_CRITICAL, READY);
    }

    static HealthSettings read(ConfigValues values) {
        Duration milli = Duration.ofMillis(1);
        Duration minute = Duration.ofMinutes(1);
        Duration slow = values.duration(DATABASE_SLOW, milli, minute);
        Duration critical = values.duration(DATABASE_CRITICAL, milli, minute);
        if (critical.compareTo(slow) < 0) {
            values.fault(DATABASE_CRITICAL, critical.toString());
        }
        List<String> ready = values.list(READY);
        for (String name : ready) {
            if (!List.of("audit", "database", "system").contains(name)) {
                values.fault(READY, name);
            }
        }
        return new HealthSettings(
                values.duration(INTERVAL, Duration.ofSeconds(1), Duration.ofHours(1)),
                values.duration(TIMEOUT, Duration.ofMillis(100), Duration.ofMinutes(5)),
                values.integer(CPU, 1, 100),
                values.integer(MEMORY, 1, 100),
                values.integer(DISK, 1, 100),
                slow,
                critical,
                ready);
    }
}
