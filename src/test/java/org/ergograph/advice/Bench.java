package org.ergograph.advice;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.ergograph.history.query.RecordedFigures;
import org.ergograph.observation.Kind;
import org.ergograph.observation.NotingRecorder;
import org.ergograph.observation.Observation;
import org.ergograph.observation.Series;
import org.ergograph.observation.TimeSource;
import org.ergograph.settings.Threshold;
import org.ergograph.system.SystemState;
import org.ergograph.system.Transfer;
import org.ergograph.system.Usage;
import org.ergograph.tool.Catalogue;
import org.ergograph.tool.Source;
import org.ergograph.window.TestWindow;
import org.ergograph.window.Totals;
import org.ergograph.window.Window;
import org.ergograph.window.WindowSnapshot;
import org.jspecify.annotations.Nullable;

/** A server for monitorings whose time passes when the test says so. */
final class Bench implements Later, TimeSource, Window {
    private record Due(long nanos, long number, Runnable task) {}

    private final NotingRecorder recorder = new NotingRecorder();
    private final PriorityQueue<Due> due =
            new PriorityQueue<>(java.util.Comparator.comparingLong(Due::nanos).thenComparingLong(Due::number));
    private final Queue<Double> cpu = new ArrayDeque<>();
    private final List<Instant> read = new ArrayList<>();
    private final TestWindow window = new TestWindow(this);
    private final MonitorPerformance tool;
    private final Map<Threshold, Double> limits = new EnumMap<>(Threshold.class);
    private @Nullable RecordedFigures recorded;
    private long numbers;
    private long nanos = 1_000;
    private long lateNanos;
    private boolean refusing;

    Bench() {
        Catalogue catalogue = new Catalogue(Source.Offer::none, List.of(), recorder);
        this.tool = new MonitorPerformance(this::state, this, this, catalogue, this::past, this::limit, this);
    }

    private double limit(Threshold threshold) {
        return limits.getOrDefault(threshold, threshold.defaultValue());
    }

    /** What is usual from now on. */
    void limit(Threshold threshold, double value) {
        limits.put(threshold, value);
    }

    MonitorPerformance tool() {
        return tool;
    }

    /** The processor use of the samples to come, 10 where there is none. */
    void cpu(double... percents) {
        for (double percent : percents) {
            cpu.add(percent);
        }
    }

    /** What the record has; null says that the database does not answer. */
    void recorded(@Nullable RecordedFigures figures) {
        recorded = figures;
    }

    /** From now on every task begins so much too late. */
    void late(Duration by) {
        lateNanos = by.toNanos();
    }

    /** The server stops. */
    void refuse() {
        refusing = true;
    }

    Series series(Kind kind, String... values) {
        return recorder.series(kind, values);
    }

    void ended(Series series, long millis, @Nullable String error) {
        window.accept(
                new Observation(series, nanos, millis * 1_000_000, 0, error, 1, 1, null, -1, -1, -1, false, false));
    }

    /** How many tasks wait for their time. */
    int waiting() {
        return due.size();
    }

    /** When the system was read. */
    List<Instant> read() {
        return read;
    }

    void pass(Duration time) {
        long end = nanos + time.toNanos();
        for (Due next = due.peek(); next != null && next.nanos() + lateNanos <= end; next = due.peek()) {
            due.remove(next);
            nanos = Math.max(nanos, next.nanos() + lateNanos);
            next.task().run();
        }
        nanos = Math.max(nanos, end);
    }

    @Override
    public Runnable in(Duration delay, Runnable task) {
        if (refusing) {
            throw new java.util.concurrent.RejectedExecutionException("stopping");
        }
        Due next = new Due(nanos + delay.toNanos(), numbers++, task);
        due.add(next);
        return () -> due.remove(next);
    }

    private SystemState state(Duration maxAge) {
        read.add(now());
        Double percent = cpu.poll();
        return new SystemState(
                now(),
                OptionalDouble.of(percent == null ? 10 : percent),
                Optional.of(new Usage(700, 1000)),
                Optional.empty(),
                500,
                800,
                OptionalLong.of(1000),
                100,
                Optional.of(new Transfer(nanos / 1_000_000, 0)),
                Optional.empty());
    }

    private CompletionStage<RecordedFigures> past(Target target, Instant from, Instant to) {
        return recorded == null
                ? CompletableFuture.failedFuture(new IllegalStateException("gone"))
                : CompletableFuture.completedFuture(recorded);
    }

    @Override
    public WindowSnapshot snapshot() {
        return window.get().snapshot();
    }

    @Override
    public Totals totals(Predicate<Series> which) {
        return window.get().totals(which);
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public long epochNanos(long nanoTime) {
        return 1_793_491_200_000_000_000L + nanoTime;
    }
}
