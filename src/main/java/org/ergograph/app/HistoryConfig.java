package org.ergograph.app;

import java.time.Duration;
import java.util.List;
import org.ergograph.history.HistorySettings;
import org.ergograph.recorder.ConfigKey;
import org.ergograph.recorder.ConfigValues;

/** The configuration keys of the record. */
final class HistoryConfig {
    static final ConfigKey QUEUE = new ConfigKey(
            "ergograph.audit.queue",
            "65536",
            "a power of two from 1024 to 16777216",
            "How many audit records may wait to be written; beyond it they are rejected, and counted.");
    static final ConfigKey BATCH = new ConfigKey(
            "ergograph.audit.batch", "5000", "a number from 1 to 50000", "The most audit rows in one transaction.");
    static final ConfigKey INTERVAL = new ConfigKey(
            "ergograph.audit.interval",
            "PT0.25S",
            "an ISO-8601 duration from PT0.01S to PT1M",
            "How often waiting audit records are written.");
    static final ConfigKey DATABASE_TIMEOUT = new ConfigKey(
            "ergograph.audit.database-timeout",
            "PT10S",
            "an ISO-8601 duration from PT1S to PT5M",
            "How long a statement of the audit writer may take before it is given up and tried again.");
    static final ConfigKey DRAIN_TIMEOUT = new ConfigKey(
            "ergograph.audit.drain-timeout",
            "PT10S",
            "an ISO-8601 duration from PT0S to PT5M",
            "How long the end of the application waits for audit records that are not written yet.");

    private HistoryConfig() {}

    static List<ConfigKey> keys() {
        return List.of(QUEUE, BATCH, INTERVAL, DATABASE_TIMEOUT, DRAIN_TIMEOUT);
    }

    static HistorySettings read(ConfigValues values) {
        Duration fiveMinutes = Duration.ofMinutes(5);
        int queue = values.integer(QUEUE, 1024, 1 << 24);
        if (Integer.bitCount(queue) != 1) {
            values.fault(QUEUE, Integer.toString(queue));
        }
        return new HistorySettings(
                queue,
                values.integer(BATCH, 1, 50_000),
                values.duration(INTERVAL, Duration.ofMillis(10), Duration.ofMinutes(1)),
                values.duration(DATABASE_TIMEOUT, Duration.ofSeconds(1), fiveMinutes),
                values.duration(DRAIN_TIMEOUT, Duration.ZERO, fiveMinutes));
    }
}
