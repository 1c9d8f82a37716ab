package org.ergograph.recorder;

import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.ergograph.observation.ObservationSettings;

/** The configuration keys of the embeddable part. */
public final class RecorderConfig {
    static final ConfigKey ENABLED = new ConfigKey(
            "ergograph.enabled",
            "true",
            "true or false",
            "Whether anything is recorded; `false` leaves the edges idle.");
    static final ConfigKey SERIES_MAX = new ConfigKey(
            "ergograph.series.max",
            "1000",
            "a number from 1 to 100000",
            "How many series each kind may have; the rest share `other` and are counted.");
    static final ConfigKey WINDOW = new ConfigKey(
            "ergograph.window", "PT5M", "an ISO-8601 duration from PT10S to PT1H", "Length of the live window.");
    static final ConfigKey METRICS_INTERVAL = new ConfigKey(
            "ergograph.metrics.interval",
            "PT1S",
            "an ISO-8601 duration from PT0.1S to PT1M",
            "How often the published metrics are brought up to date with what was recorded.");
    static final ConfigKey SAMPLE_INTERVAL = new ConfigKey(
            "ergograph.sample.interval",
            "PT30S",
            "an ISO-8601 duration from PT1S to PT1H",
            "How often processor, memory, disk and network are sampled.");
    static final ConfigKey SLOW = new ConfigKey(
            "ergograph.slow.threshold",
            "PT0.5S",
            "an ISO-8601 duration from PT0.001S to PT1H",
            "What takes longer is logged as slow, with its trace id.");
    static final ConfigKey SLOW_TRANSACTION = new ConfigKey(
            "ergograph.slow.transaction-threshold",
            "PT1S",
            "an ISO-8601 duration from PT0.001S to PT1H",
            "A monitored method that is a transaction's boundary and takes longer is logged as a slow transaction.");
    static final ConfigKey TRACED_ARGUMENTS = new ConfigKey(
            "ergograph.trace.tool-arguments",
            "false",
            "true or false",
            "Whether spans carry what tools are called with, secrets left out and cut at 4096 characters.");
    static final ConfigKey ALLOCATION = new ConfigKey(
            "ergograph.allocation.enabled",
            "true",
            "true or false",
            "Whether the heap bytes that each request allocates are measured, where the JVM can tell.");
    static final ConfigKey DATA_DIR = new ConfigKey(
            "ergograph.data.dir",
            "data",
            "a directory",
            "Where the embedded database lies; disk usage is that of its volume.");

    private RecorderConfig() {}

    /** The keys, in the order of the README's table. */
    public static List<ConfigKey> keys() {
        return List.of(
                ENABLED,
                SERIES_MAX,
                WINDOW,
                METRICS_INTERVAL,
                SAMPLE_INTERVAL,
                SLOW,
                SLOW_TRANSACTION,
                TRACED_ARGUMENTS,
                ALLOCATION,
                DATA_DIR);
    }

    /** Tracing follows the standard switch of MicroProfile Telemetry, which is off unless somebody turns it on. */
    private static boolean tracing(Config config) {
        return config.getOptionalValue("otel.sdk.disabled", String.class)
                .map(text -> text.strip().equalsIgnoreCase("false"))
                .orElse(false);
    }

    /** By the URL of the WAR's data source; an embedding application has none of this name. */
    static String databaseSystem(String url) {
        if (url.startsWith("jdbc:h2:")) {
            return "h2database";
        }
        return url.startsWith("jdbc:postgresql:") ? "postgresql" : ObservationSettings.SOME_SQL;
    }

    static ObservationSettings read(Config config) {
        ConfigValues values = new ConfigValues(config);
        Duration milli = Duration.ofMillis(1);
        Duration hour = Duration.ofHours(1);
        ObservationSettings settings = new ObservationSettings(
                values.bool(ENABLED),
                values.integer(SERIES_MAX, 1, 100_000),
                values.duration(WINDOW, Duration.ofSeconds(10), hour),
                values.duration(METRICS_INTERVAL, Duration.ofMillis(100), Duration.ofMinutes(1)),
                values.duration(SAMPLE_INTERVAL, Duration.ofSeconds(1), hour),
                values.duration(SLOW, milli, hour),
                values.duration(SLOW_TRANSACTION, milli, hour),
                tracing(config),
                values.bool(TRACED_ARGUMENTS),
                databaseSystem(config.getOptionalValue("ergograph.db.url", String.class)
                        .orElse("")),
                values.bool(ALLOCATION),
                values.text(DATA_DIR));
        values.check();
        return settings;
    }
}
