package org.ergograph.window;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.ergograph.observation.Observation;
import org.ergograph.observation.ObservationSettings;
import org.ergograph.observation.ObservationSink;
import org.ergograph.observation.Periodic;
import org.ergograph.observation.Sample;
import org.ergograph.observation.Series;
import org.ergograph.observation.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * The window's sink: counts every observation on its caller's thread, and seals what was counted into slots, a thirtieth of
 * the window each and a second at least. A snapshot is the slots that end within the window, and what is not sealed yet.
 */
@Singleton
final class WindowSink implements ObservationSink, Periodic, Window {
    static final int SLOTS = 30;
    private static final int MAX_STRIPES = 8;

    private final TimeSource time;
    private final Duration length;
    private final long slotNanos;
    private final int stripes;
    private final Object growing = new Object();
    private final Object reading = new Object();
    private volatile @Nullable SeriesAccumulator[] accumulators = new SeriesAccumulator[256];
    // The rest belongs to whoever holds `reading`.
    private final Deque<Slot> slots = new ArrayDeque<>();
    private final Tally tally = new Tally();
    private SampleBook samples = new SampleBook();
    private long openedNanos;

    @Inject
    WindowSink(ObservationSettings settings, TimeSource time) {
        this(settings.window(), time, Runtime.getRuntime().availableProcessors());
    }

    WindowSink(Duration length, TimeSource time, int processors) {
        this.time = time;
        this.length = length;
        this.slotNanos = Math.max(1_000_000_000L, length.toNanos() / SLOTS);
        this.stripes = stripes(processors);
        this.openedNanos = time.nanoTime();
    }

    /** The next power of two that is not below the number of processors. */
    static int stripes(int processors) {
        int wanted = Math.min(MAX_STRIPES, Math.max(1, processors));
        return wanted == 1 ? 1 : Integer.highestOneBit(wanted - 1) << 1;
    }

    @Override
    public void accept(Observation observation) {
        Series series = observation.series();
        @Nullable SeriesAccumulator[] all = accumulators;
        int id = series.id();
        SeriesAccumulator accumulator = id < all.length ? all[id] : null;
        if (accumulator == null) {
            accumulator = create(series);
        }
        accumulator.record(observation.durationNanos(), observation.errorType() != null);
    }

    /** Once a series: the lock is held for an allocation, and never together with the readers'. */
    private SeriesAccumulator create(Series series) {
        synchronized (growing) {
            @Nullable SeriesAccumulator[] all = accumulators;
            int id = series.id();
            if (id >= all.length) {
                all = Arrays.copyOf(all, Math.max(id + 1, all.length * 2));
            }
            SeriesAccumulator accumulator = all[id];
            if (accumulator == null) {
                accumulator = new SeriesAccumulator(series, stripes);
                all[id] = accumulator;
            }
            accumulators = all;
            return accumulator;
        }
    }

    private List<SeriesAccumulator> all() {
        List<SeriesAccumulator> present = new ArrayList<>();
        synchronized (growing) {
            for (SeriesAccumulator accumulator : accumulators) {
                if (accumulator != null) {
                    present.add(accumulator);
                }
            }
        }
        return present;
    }

    @Override
    public void accept(Sample sample) {
        synchronized (reading) {
            samples.add(sample);
        }
    }

    @Override
    public Duration interval() {
        return Duration.ofNanos(slotNanos);
    }

    @Override
    public void run() {
        synchronized (reading) {
            sealIfDue(time.nanoTime());
        }
    }

    private void sealIfDue(long now) {
        if (now - openedNanos >= slotNanos) {
            List<SeriesAccumulator> all = all();
            int ids = all.isEmpty() ? 0 : all.get(all.size() - 1).series().id() + 1;
            @Nullable Slice[] slices = new Slice[ids];
            for (SeriesAccumulator accumulator : all) {
                accumulator.seal(tally);
                slices[accumulator.series().id()] = tally.takeSlice();
            }
            slots.addLast(new Slot(openedNanos, now, slices, samples));
            samples = new SampleBook();
            openedNanos = now;
        }
        Slot oldest = slots.peekFirst();
        while (oldest != null && now - oldest.endNanos() >= length.toNanos()) {
            slots.removeFirst();
            oldest = slots.peekFirst();
        }
    }

    @Override
    public WindowSnapshot snapshot() {
        synchronized (reading) {
            long now = time.nanoTime();
            sealIfDue(now);
            List<SeriesWindow> series = new ArrayList<>();
            for (SeriesAccumulator accumulator : all()) {
                Distribution distribution = distribution(accumulator);
                if (distribution.count() > 0) {
                    series.add(new SeriesWindow(accumulator.series(), distribution));
                }
            }
            SampleBook sampled = new SampleBook();
            slots.forEach(slot -> sampled.addAll(slot.samples()));
            sampled.addAll(samples);
            Slot oldest = slots.peekFirst();
            long since = oldest == null ? openedNanos : oldest.startNanos();
            return new WindowSnapshot(at(now), length, Duration.ofNanos(now - since), series, sampled.byName());
        }
    }

    @Override
    public Totals totals(Predicate<Series> which) {
        Tally own = new Tally();
        Instant at = at(time.nanoTime());
        Map<Series, Distribution> totals = new LinkedHashMap<>();
        for (SeriesAccumulator accumulator : all()) {
            if (which.test(accumulator.series())) {
                accumulator.addTotal(own);
                totals.put(accumulator.series(), own.takeDistribution());
            }
        }
        return new Totals(at, totals);
    }

    /** How many slots are kept now. */
    int slots() {
        synchronized (reading) {
            return slots.size();
        }
    }

    private Distribution distribution(SeriesAccumulator accumulator) {
        int id = accumulator.series().id();
        for (Slot slot : slots) {
            slot.addTo(tally, id);
        }
        accumulator.addUnsealed(tally);
        return tally.takeDistribution();
    }

    private Instant at(long nanoTime) {
        long nanos = time.epochNanos(nanoTime);
        return Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
    }
}
