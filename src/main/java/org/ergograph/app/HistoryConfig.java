package org.ergograph.app;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.ergograph.history.HistorySettings;
import org.ergograph.history.SamplingSettings;
import org.ergograph.observation.Kind;
import org.ergograph.observation.ObservationSettings;
import org.ergograph.recorder.ConfigKey;
import org.ergograph.recorder.ConfigValues;

/** The configuration keys of the record. */
final class HistoryConfig {
    static final ConfigKey QUEUE = new ConfigKey(
            "ergograph.audit.queue",
            "65536",
            "a power of two from 1024 to 16777216",
            "How many audit records may wait for the journal; beyond it they are rejected, and counted.");
    static final ConfigKey BATCH = new ConfigKey(
            "ergograph.audit.batch", "20000", "a number from 1 to 50000", "The most audit records in one transaction.");
    static final ConfigKey INTERVAL = new ConfigKey(
            "ergograph.audit.interval",
            "PT0.25S",
            "an ISO-8601 duration from PT0.01S to PT1M",
            "How often waiting audit records are brought into the database.");
    static final ConfigKey DATABASE_TIMEOUT = new ConfigKey(
            "ergograph.audit.database-timeout",
            "PT10S",
            "an ISO-8601 duration from PT1S to PT5M",
            "How long a statement of the audit writer may take before it is given up and tried again.");
    static final ConfigKey DRAIN_TIMEOUT = new ConfigKey(
            "ergograph.audit.drain-timeout",
            "PT10S",
            "an ISO-8601 duration from PT0S to PT5M",
            "How long the end of the application waits for audit records that are not in the database yet; those that are"
                    + " left stay in the journal.");
    static final ConfigKey DURABILITY = new ConfigKey(
            "ergograph.audit.durability",
            "PT1S",
            "an ISO-8601 duration from PT0.05S to PT1M",
            "Within this time an audit record is safe on disk: in the journal or in the database.");
    static final ConfigKey JOURNAL_DIR = new ConfigKey(
            "ergograph.audit.journal.dir",
            "",
            "a directory, this node's own",
            "Where the journal of audit records lies; empty means `journal` in the data directory.");
    static final ConfigKey JOURNAL_MAX_BYTES = new ConfigKey(
            "ergograph.audit.journal.max-bytes",
            "1073741824",
            "a number from 1048576 to 1099511627776",
            "What the journal may hold; beyond it the oldest records that are not in the database are dropped, and counted.");
    static final ConfigKey SAMPLE_RATIO = new ConfigKey(
            "ergograph.audit.sample.ratio",
            "1.0",
            "a number from 0 to 1",
            "The share of traces whose observations get an audit row. Errors, slow ones, administrative acts and the tools"
                    + " `km_*` always get one.");
    static final ConfigKey SAMPLE_KINDS = new ConfigKey(
            "ergograph.audit.sample.kinds",
            "",
            "a comma-separated list of: " + kinds(),
            "The kinds of observations that get an audit row; empty means all.");
    static final ConfigKey SAMPLE_SLOWER_THAN = new ConfigKey(
            "ergograph.audit.sample.slower-than",
            "PT0S",
            "an ISO-8601 duration from PT0S to PT1H",
            "Only observations slower than this get an audit row; PT0S means all.");
    static final ConfigKey SAMPLE_MAX_RATE = new ConfigKey(
            "ergograph.audit.sample.max-rate",
            "0",
            "a number from 0 to 10000000",
            "Audit rows a second beyond which the ratio falls by itself; 0 means no limit.");

    private HistoryConfig() {}

    private static String kinds() {
        return Arrays.stream(Kind.values()).map(Kind::label).collect(Collectors.joining(", "));
    }

    static List<ConfigKey> keys() {
        return List.of(
                QUEUE,
                BATCH,
                INTERVAL,
                DATABASE_TIMEOUT,
                DRAIN_TIMEOUT,
                DURABILITY,
                JOURNAL_DIR,
                JOURNAL_MAX_BYTES,
                SAMPLE_RATIO,
                SAMPLE_KINDS,
                SAMPLE_SLOWER_THAN,
                SAMPLE_MAX_RATE);
    }

    static HistorySettings read(ConfigValues values, ObservationSettings observation) {
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
                values.duration(DRAIN_TIMEOUT, Duration.ZERO, fiveMinutes),
                values.duration(DURABILITY, Duration.ofMillis(50), Duration.ofMinutes(1)),
                journal(values, observation.dataDirectory()),
                values.number(JOURNAL_MAX_BYTES, 1L << 20, 1L << 40),
                sampling(values, observation.slowThreshold()));
    }

    private static Path journal(ConfigValues values, String dataDirectory) {
        String text = values.text(JOURNAL_DIR);
        try {
            return text.isEmpty() ? Path.of(dataDirectory, "journal") : Path.of(text);
        } catch (InvalidPathException e) {
            values.fault(JOURNAL_DIR, text);
            return Path.of("journal");
        }
    }

    private static SamplingSettings sampling(ConfigValues values, Duration slow) {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        for (String label : values.list(SAMPLE_KINDS)) {
            Kind.parse(label).ifPresentOrElse(kinds::add, () -> values.fault(SAMPLE_KINDS, label));
        }
        return new SamplingSettings(
                values.decimal(SAMPLE_RATIO, 0, 1),
                kinds.isEmpty() ? Set.of(Kind.values()) : Set.copyOf(kinds),
                values.duration(SAMPLE_SLOWER_THAN, Duration.ZERO, Duration.ofHours(1)),
                values.integer(SAMPLE_MAX_RATE, 0, 10_000_000),
                slow);
    }
}
