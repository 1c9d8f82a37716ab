package org.ergograph.app;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.ergograph.notify.AlertingSettings;
import org.ergograph.notify.delivery.DeliverySettings;
import org.ergograph.recorder.ConfigKey;
import org.ergograph.recorder.ConfigValues;

/** The configuration keys of sending messages about alerts. */
final class DeliveryConfig {
    static final ConfigKey GIVE_UP = new ConfigKey(
            "ergograph.alerting.delivery.give-up",
            "P1D",
            "an ISO-8601 duration from PT1M to P30D",
            "After which time without success a message about alerts is given up.");
    static final ConfigKey PER_MINUTE = new ConfigKey(
            "ergograph.alerting.delivery.per-minute",
            "600",
            "a number from 1 to 100000",
            "How many messages a minute all channels together are sent; more wait, and are merged.");
    static final ConfigKey WATCHDOG_CHANNEL = new ConfigKey(
            "ergograph.alerting.watchdog.channel",
            "",
            "the name of a channel, or empty",
            "Gets a heartbeat, so that something else can notice when alerting itself is down.");
    static final ConfigKey WATCHDOG_INTERVAL = new ConfigKey(
            "ergograph.alerting.watchdog.interval",
            "PT1M",
            "an ISO-8601 duration from PT1S to P1D",
            "The time between two heartbeats.");

    private DeliveryConfig() {}

    static List<ConfigKey> keys() {
        return List.of(GIVE_UP, PER_MINUTE, WATCHDOG_CHANNEL, WATCHDOG_INTERVAL);
    }

    /** @param data the directory of this node's data */
    static DeliverySettings read(ConfigValues values, AlertingSettings alerting, String data) {
        return new DeliverySettings(
                alerting.enabled(),
                values.duration(GIVE_UP, Duration.ofMinutes(1), Duration.ofDays(30)),
                values.integer(PER_MINUTE, 1, 100_000),
                alerting.retention(),
                values.text(WATCHDOG_CHANNEL),
                values.duration(WATCHDOG_INTERVAL, Duration.ofSeconds(1), Duration.ofDays(1)),
                Path.of(data, "alerts"));
    }
}
