package org.ergograph.settings;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.ergograph.database.DatabaseState;
import org.ergograph.observation.Periodic;

/**
 * The thresholds as this node knows them: their defaults at first, then as read from the database after each change made here
 * and every few seconds, for what other nodes changed. The last known go on while the database is out. Asking for one costs
 * no more than looking into a map; thread-safe.
 */
@Singleton
public class Thresholds implements Periodic {
    private static final System.Logger LOG = System.getLogger(Thresholds.class.getName());
    private static final Duration POLL = Duration.ofSeconds(3);

    private final SettingRepository settings;
    private final DatabaseState database;
    private volatile Map<Threshold, Double> values = values(List.of());
    private volatile boolean failing;

    @Inject
    Thresholds(SettingRepository settings, DatabaseState database) {
        this.settings = settings;
        this.database = database;
    }

    /** The value that holds now, in the threshold's unit. */
    public double value(Threshold threshold) {
        return Objects.requireNonNull(values.get(threshold));
    }

    /** The value that holds now of the threshold with this name, {@code p95_response_time} say; empty if there is none. */
    public OptionalDouble value(String name) {
        return Threshold.named(name)
                .map(threshold -> OptionalDouble.of(value(threshold)))
                .orElseGet(OptionalDouble::empty);
    }

    /** The value that holds now of a threshold in seconds. */
    public Duration duration(Threshold threshold) {
        return Duration.ofNanos(Math.round(value(threshold) * 1e9));
    }

    @Override
    public Duration interval() {
        return POLL;
    }

    @Override
    public boolean whileOff() {
        return true;
    }

    @Override
    public void run() {
        if (!database.ready()) {
            return;
        }
        try {
            read();
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                failing = true;
                LOG.log(System.Logger.Level.WARNING, "the thresholds could not be read; the last known go on", e);
            }
        }
    }

    /** Reads them now. One at a time, so that no older reading follows a newer one. */
    synchronized void read() {
        values = values(settings.all());
    }

    private static Map<Threshold, Double> values(List<Setting> settings) {
        Map<Threshold, Double> values = new EnumMap<>(Threshold.class);
        for (Threshold threshold : Threshold.values()) {
            values.put(threshold, threshold.defaultValue());
        }
        for (Setting setting : settings) {
            Double value = setting.value();
            if (value != null) {
                Threshold.named(setting.name()).ifPresent(threshold -> values.put(threshold, value));
            }
        }
        return Collections.unmodifiableMap(values);
    }
}
