package org.ergograph.database;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import org.ergograph.observation.Meters;
import org.ergograph.observation.Metrics;
import org.ergograph.observation.ObservationSettings;
import org.ergograph.observation.Periodic;
import org.ergograph.observation.Recorder;
import org.ergograph.observation.Sample;
import org.ergograph.observation.TimeSource;
import org.jspecify.annotations.Nullable;

/** Publishes how the database's pool is used, as metrics and as samples. Thread-safe for readers. */
@Singleton
public class PoolFigures implements Periodic {
    /** The most connections that the pool opens. */
    public static final int MAX_SIZE = 30;

    /** The pool closes connections that were idle for so long. */
    public static final int IDLE_SECONDS = 3600;

    private static final String POOL = "database";
    private static final Duration IDLE = Duration.ofSeconds(IDLE_SECONDS);
    private static final Duration TICK = Duration.ofSeconds(1);

    private final PoolUse use;
    private final Recorder recorder;
    private final TimeSource time;
    private final Duration interval;
    private volatile @Nullable LibertyPool pool;
    private volatile long longestBeforeNanos;
    private boolean looked;
    private long sampledNanos;
    private long periodNanos;

    @Inject
    PoolFigures(ObservationSettings settings, Recorder recorder, TimeSource time, Instance<Meters> meters) {
        this(settings.sampleInterval(), PoolUse.APPLICATION, recorder, time, meters);
    }

    PoolFigures(Duration interval, PoolUse use, Recorder recorder, TimeSource time, Iterable<Meters> meters) {
        this.interval = interval;
        this.use = use;
        this.recorder = recorder;
        this.time = time;
        this.sampledNanos = time.nanoTime();
        this.periodNanos = sampledNanos;
        meters.forEach(this::publish);
    }

    private void publish(Meters meters) {
        meters.gauge(Metrics.POOL_SIZE, this::size, POOL);
        meters.gauge(Metrics.POOL_IN_USE, this::inUse, POOL);
        meters.gauge(Metrics.POOL_FREE, this::free, POOL);
        meters.gauge(Metrics.POOL_WAITING, use::waiting, POOL);
        meters.gauge(Metrics.POOL_UTILIZATION, this::utilization, POOL);
        meters.gauge(Metrics.POOL_WAIT, this::waitSeconds, POOL);
    }

    @Override
    public Duration interval() {
        return TICK;
    }

    @Override
    public void run() {
        if (!looked && use.everTaken()) {
            // The server makes its bean with the first connection; gauges are read where there is no application to ask
            // for.
            looked = true;
            pool = LibertyPool.find().orElse(null);
        }
        long nanos = time.nanoTime();
        if (nanos - periodNanos >= IDLE.toNanos()) {
            periodNanos = nanos;
            use.newPeriod();
        }
        if (nanos - sampledNanos >= interval.toNanos()) {
            sampledNanos = nanos;
            sample(time.now());
        }
    }

    private void sample(Instant now) {
        sample(now, "size", "{connection}", size());
        sample(now, "in_use", "{connection}", inUse());
        sample(now, "free", "{connection}", free());
        sample(now, "waiting", "{request}", use.waiting());
        sample(now, "utilization_ratio", "1", utilization());
        sample(now, "wait_seconds", "s", use.longestWaitNanos() / 1e9);
        longestBeforeNanos = use.longestWaitNanos();
        use.forgetWaits();
    }

    private void sample(Instant at, String name, String unit, double value) {
        recorder.sample(new Sample("pool_" + POOL + "_" + name, unit, at, value));
    }

    private int inUse() {
        LibertyPool known = pool;
        return known == null
                ? use.inUse()
                : Math.max(0, known.size().orElse(0) - known.free().orElse(0));
    }

    /**
     * At least what is in use: the two are not read at the same moment. Where the server does not tell, the most that were in
     * use lately: it keeps those open until they were idle for {@link #IDLE_SECONDS}.
     */
    private int size() {
        LibertyPool known = pool;
        return Math.max(known == null ? use.most() : known.size().orElse(0), inUse());
    }

    private int free() {
        return Math.max(0, size() - inUse());
    }

    private double utilization() {
        return (double) inUse() / MAX_SIZE;
    }

    /** The longest of this interval so far and the one before. */
    private double waitSeconds() {
        return Math.max(use.longestWaitNanos(), longestBeforeNanos) / 1e9;
    }
}
