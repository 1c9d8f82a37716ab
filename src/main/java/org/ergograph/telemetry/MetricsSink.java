package org.ergograph.telemetry;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import org.ergograph.observation.Kind;
import org.ergograph.observation.Observation;
import org.ergograph.observation.ObservationSettings;
import org.ergograph.observation.ObservationSink;
import org.ergograph.observation.Periodic;
import org.ergograph.observation.Series;
import org.jspecify.annotations.Nullable;

/**
 * Gathers observations on the threads that make them, and from time to time, on another, publishes what it gathered as
 * MicroProfile metrics. Thread-safe; {@link #accept} takes a lock for a
 * series that is new, and no other.
 */
@Singleton
class MetricsSink implements ObservationSink, Periodic {
    private final Duration interval;
    private final Instruments instruments;
    private final Object adding = new Object();
    private volatile @Nullable SeriesCells[] cells = new @Nullable SeriesCells[64];

    @Inject
    MetricsSink(ObservationSettings settings, Instruments instruments) {
        this.interval = settings.metricsInterval();
        this.instruments = instruments;
    }

    @Override
    public void accept(Observation observation) {
        Series series = observation.series();
        if (observation.internal() && series.kind() == Kind.EXTERNAL) {
            // Health checks, of which another page tells.
            return;
        }
        @Nullable SeriesCells[] all = cells;
        int id = series.id();
        SeriesCells own = id < all.length ? all[id] : null;
        if (own == null) {
            own = add(series);
            if (own == null) {
                return;
            }
        }
        own.record(observation);
    }

    private @Nullable SeriesCells add(Series series) {
        Family family = Family.of(series);
        if (family == null) {
            return null;
        }
        int id = series.id();
        // Once a series; copied, so that those who read need no lock.
        synchronized (adding) {
            @Nullable SeriesCells[] known = cells;
            SeriesCells own = id < known.length ? known[id] : null;
            if (own == null) {
                own = new SeriesCells(series, family);
                @Nullable
                SeriesCells[] more = Arrays.copyOf(known, Math.max(known.length, Integer.highestOneBit(id) * 2));
                more[id] = own;
                cells = more;
            }
            return own;
        }
    }

    @Override
    public Duration interval() {
        return interval;
    }

    /**
     * Publishes what was gathered until now, of each series even if another fails.
     *
     * @throws RuntimeException the first failure, a name that the application uses for a metric of another kind say
     */
    @Override
    public synchronized void run() {
        Failures failures = new Failures();
        for (SeriesCells own : cells) {
            if (own != null) {
                failures.collect(() -> own.publish(instruments));
            }
        }
        failures.rethrow();
    }

    @Override
    public void stop() {
        run();
    }
}
