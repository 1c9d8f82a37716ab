package org.ergograph.system;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.ergograph.observation.Meters;
import org.ergograph.observation.Metric;
import org.ergograph.observation.Metrics;
import org.ergograph.observation.ObservationSettings;
import org.ergograph.observation.Periodic;
import org.ergograph.observation.Recorder;
import org.ergograph.observation.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * Samples process and host, first within a second of the start and then at the configured interval, and publishes the latest
 * figures as metrics and as samples. Thread-safe for readers.
 */
@Singleton
public class SystemSampler implements Periodic {
    private static final Duration TICK = Duration.ofMillis(500);

    private final TimeSource time;
    private final Recorder recorder;
    private final Host host;
    private final long intervalNanos;
    private final @Nullable GcPauses gcPauses;
    private volatile @Nullable SystemState latest;
    private long sampledNanos;
    // The rest belongs to whoever holds `host`.
    private @Nullable SystemState newest;
    private long readNanos;
    private double busyPercentNanos;
    private long busyNanos;

    @Inject
    SystemSampler(ObservationSettings settings, TimeSource time, Recorder recorder, Instance<Meters> meters) {
        this(
                settings.sampleInterval(),
                time,
                recorder,
                recorder.enabled() && meters.isResolvable() ? meters.get() : null,
                new Host(Path.of("/"), Path.of(settings.dataDirectory())));
    }

    /** @param meters null if nothing is published */
    SystemSampler(Duration interval, TimeSource time, Recorder recorder, @Nullable Meters meters, Host host) {
        this.time = time;
        this.recorder = recorder;
        this.host = host;
        this.intervalNanos = interval.toNanos();
        this.gcPauses =
                meters == null ? null : new GcPauses(collector -> meters.histogram(Metrics.GC_PAUSE, collector));
        if (meters != null) {
            publish(meters);
        }
    }

    /**
     * A state that is at most so old, read now if there is none; those who ask at the same time share it. Its processor use is
     * that since the reading before. It goes nowhere else, and {@link #latest} stays what it was. Reads files: not for the
     * threads of requests.
     */
    public SystemState fresh(Duration maxAge) {
        synchronized (host) {
            SystemState known = newest;
            return known != null && time.nanoTime() - readNanos <= maxAge.toNanos() ? known : read();
        }
    }

    private SystemState read() {
        long now = time.nanoTime();
        SystemState state = host.read(time.now());
        if (newest != null && state.cpuPercent().isPresent()) {
            busyPercentNanos += state.cpuPercent().getAsDouble() * (now - readNanos);
            busyNanos += now - readNanos;
        }
        newest = state;
        readNanos = now;
        return state;
    }

    /** The processor use is that since the sample before, whoever read it in between. */
    private SystemState sample() {
        synchronized (host) {
            SystemState state = read();
            SystemState whole = busyNanos > 0 ? state.withCpuPercent(busyPercentNanos / busyNanos) : state;
            busyPercentNanos = 0;
            busyNanos = 0;
            return whole;
        }
    }

    /** The latest sample; empty until there is one. */
    public Optional<SystemState> latest() {
        return Optional.ofNullable(latest);
    }

    @Override
    public Duration interval() {
        return TICK;
    }

    @Override
    public void run() {
        long now = time.nanoTime();
        SystemState before = latest;
        if (before == null || now - sampledNanos >= intervalNanos) {
            SystemState state = sample();
            latest = state;
            Samples.of(state, before, (now - sampledNanos) / 1e9).forEach(recorder::sample);
            sampledNanos = now;
        }
    }

    /** Leaves nothing of this application with the collectors; also when the schedule never began. */
    @Override
    @PreDestroy
    public void stop() {
        if (gcPauses != null) {
            gcPauses.close();
        }
    }

    private void publish(Meters meters) {
        gauge(meters, Metrics.CPU, state -> state.cpuPercent().orElse(Double.NaN));
        gauge(meters, Metrics.MEMORY, state -> used(state.memory()));
        gauge(meters, Metrics.DISK, state -> used(state.disk()));
        gauge(meters, Metrics.HEAP_USED, SystemState::heapUsedBytes);
        gauge(meters, Metrics.HEAP_COMMITTED, SystemState::heapCommittedBytes);
        gauge(meters, Metrics.HEAP_MAX, state -> {
            OptionalLong max = state.heapMaxBytes();
            return max.isPresent() ? max.getAsLong() : Double.NaN;
        });
        gauge(meters, Metrics.NON_HEAP_USED, SystemState::nonHeapUsedBytes);
        SystemState now = host.read(time.now());
        if (now.network().isPresent()) {
            counter(meters, Metrics.NETWORK_RECEIVE, now, state -> in(state.network()));
            counter(meters, Metrics.NETWORK_TRANSMIT, now, state -> out(state.network()));
        }
        if (now.disks().isPresent()) {
            counter(meters, Metrics.DISK_READ, now, state -> in(state.disks()));
            counter(meters, Metrics.DISK_WRITTEN, now, state -> out(state.disks()));
        }
    }

    private void gauge(Meters meters, Metric metric, ToDoubleFunction<SystemState> figure) {
        meters.gauge(metric, () -> {
            SystemState state = latest;
            return state == null ? Double.NaN : figure.applyAsDouble(state);
        });
    }

    /** @param first stands in until there is a sample: a total does not begin at nothing and then jump */
    private void counter(Meters meters, Metric metric, SystemState first, ToLongFunction<SystemState> figure) {
        meters.counter(metric, () -> {
            SystemState state = latest;
            return figure.applyAsLong(state == null ? first : state);
        });
    }

    private static double used(Optional<Usage> usage) {
        return usage.map(Usage::usedBytes).map(Long::doubleValue).orElse(Double.NaN);
    }

    private static long in(Optional<Transfer> transfer) {
        return transfer.map(Transfer::inBytes).orElse(0L);
    }

    private static long out(Optional<Transfer> transfer) {
        return transfer.map(Transfer::outBytes).orElse(0L);
    }
}
