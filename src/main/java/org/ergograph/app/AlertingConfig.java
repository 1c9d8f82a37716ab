package org.ergograph.app;

import java.time.Duration;
import java.util.List;
import org.ergograph.notify.AlertingSettings;
import org.ergograph.recorder.ConfigKey;
import org.ergograph.recorder.ConfigValues;

/** The configuration keys of alerting. */
final class AlertingConfig {
    static final ConfigKey ENABLED = new ConfigKey(
            "ergograph.alerting.enabled", "true", "true or false", "Whether rules are evaluated and alerts are told.");
    static final ConfigKey MIN_PERIOD = new ConfigKey(
            "ergograph.alerting.min-period",
            "PT30S",
            "an ISO-8601 duration from PT1S to PT1H",
            "The shortest evaluation period that a rule may have.");
    static final ConfigKey ENVIRONMENT = new ConfigKey(
            "ergograph.alerting.environment", "", "text", "What messages call the place where this runs.");
    static final ConfigKey LINK = new ConfigKey(
            "ergograph.alerting.link",
            "",
            "a URL, or empty",
            "Where people reach this application: the beginning of the links in messages.");
    static final ConfigKey RETENTION = new ConfigKey(
            "ergograph.alerting.retention",
            "P30D",
            "an ISO-8601 duration from P1D to P3650D",
            "How long alerts that are over are kept, with what became of them.");

    private AlertingConfig() {}

    static List<ConfigKey> keys() {
        return List.of(ENABLED, MIN_PERIOD, ENVIRONMENT, LINK, RETENTION);
    }

    static AlertingSettings read(ConfigValues values) {
        return new AlertingSettings(
                values.bool(ENABLED),
                values.duration(MIN_PERIOD, Duration.ofSeconds(1), Duration.ofHours(1)),
                values.text(ENVIRONMENT),
                values.text(LINK),
                values.duration(RETENTION, Duration.ofDays(1), Duration.ofDays(3650)));
    }
}
