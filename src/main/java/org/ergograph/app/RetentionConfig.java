package org.ergograph.app;

import java.time.Duration;
import java.util.List;
import org.ergograph.history.RetentionSettings;
import org.ergograph.recorder.ConfigKey;
import org.ergograph.recorder.ConfigValues;

/** The configuration keys of how long the record is kept. */
final class RetentionConfig {
    static final ConfigKey AUDIT = new ConfigKey(
            "ergograph.audit.retention",
            "P30D",
            "an ISO-8601 duration from P1D to P3650D",
            "How long rows of the audit log are kept; on PostgreSQL whole days of UTC go.");

    private RetentionConfig() {}

    static List<ConfigKey> keys() {
        return List.of(AUDIT);
    }

    static RetentionSettings read(ConfigValues values) {
        return new RetentionSettings(values.duration(AUDIT, Duration.ofDays(1), Duration.ofDays(3650)));
    }
}
