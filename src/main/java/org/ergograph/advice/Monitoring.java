package org.ergograph.advice;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.ergograph.observation.TimeSource;
import org.ergograph.system.SystemState;
import org.ergograph.tool.Call;
import org.ergograph.window.Distribution;
import org.ergograph.window.SeriesWindow;
import org.ergograph.window.Totals;
import org.ergograph.window.Window;
import org.jspecify.annotations.Nullable;

/**
 * One monitoring under way: takes its samples at fixed moments, so that late ones do not put off those behind them; one that is so
 * late that the next is due is left out and counted. Thread-safe.
 */
final class Monitoring {
    /** Reads the state of the system, at most so old. */
    interface States {
        SystemState fresh(Duration maxAge);
    }

    private static final Duration MAX_AGE = Duration.ofMillis(50);

    private final MonitorRequest request;
    private final Target target;
    private final Call call;
    private final States states;
    private final Window window;
    private final TimeSource time;
    private final Later later;
    private final CompletableFuture<Monitored> result = new CompletableFuture<>();
    private final List<Track> tracks = new ArrayList<>();
    private final int samples;
    private @Nullable Totals first;
    private @Nullable Totals previous;
    private @Nullable SystemState state;
    private @Nullable Runnable takeBack;
    private long startNanos;
    private long previousNanos;
    private int taken;
    private int missed;

    Monitoring(
            MonitorRequest request,
            Target target,
            Call call,
            States states,
            Window window,
            TimeSource time,
            Later later) {
        this.request = request;
        this.target = target;
        this.call = call;
        this.states = states;
        this.window = window;
        this.time = time;
        this.later = later;
        this.samples = request.samples();
        request.metrics()
                .forEach(metric ->
                        tracks.add(new Track(metric, request.thresholds().get(metric), samples)));
    }

    /** Begins; what comes of it is in the answer. */
    CompletableFuture<Monitored> start() {
        next(Duration.ZERO, this::begin);
        return result;
    }

    /** Ends it without a result. */
    void cancel() {
        Runnable pending;
        synchronized (this) {
            pending = takeBack;
            takeBack = null;
        }
        result.cancel(false);
        if (pending != null) {
            pending.run();
        }
    }

    private void next(Duration delay, Runnable step) {
        try {
            Runnable back = later.in(delay, () -> guarded(step));
            synchronized (this) {
                takeBack = back;
            }
            if (result.isDone()) {
                back.run(); // cancelled in between
            }
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        }
    }

    private void guarded(Runnable step) {
        if (!result.isDone()) {
            try {
                step.run();
            } catch (RuntimeException | LinkageError e) {
                result.completeExceptionally(e);
            }
        }
    }

    private synchronized void begin() {
        startNanos = time.nanoTime();
        previousNanos = startNanos;
        first = window.totals(target);
        previous = first;
        state = states.fresh(Duration.ZERO);
        await(1);
    }

    private void await(int sample) {
        long delay = startNanos + request.dueNanos(sample) - time.nanoTime();
        next(Duration.ofNanos(Math.max(0, delay)), () -> {
            Monitored done = take(sample);
            // Without the lock: whoever waits for it may take his time.
            if (done != null) {
                result.complete(done);
            }
        });
    }

    private synchronized @Nullable Monitored take(int sample) {
        Totals totals = window.totals(target);
        SystemState now = states.fresh(MAX_AGE.compareTo(request.interval()) < 0 ? MAX_AGE : Duration.ZERO);
        long nanos = time.nanoTime();
        List<Distribution> parts = totals.since(Objects.requireNonNull(previous)).stream()
                .map(SeriesWindow::distribution)
                .toList();
        double seconds = Math.max(1e-3, (nanos - previousNanos) / 1e9);
        Instant at = time.now();
        Tick tick = new Tick(at, now, Objects.requireNonNull(state), seconds, Distribution.merged(parts));
        tracks.forEach(track -> track.add(tick));
        taken++;
        previous = totals;
        previousNanos = nanos;
        state = now;
        call.progress(sample, samples, null);
        if (sample >= samples) {
            return done(totals, at);
        }
        int following = sample + 1;
        while (following < samples && startNanos + request.dueNanos(following) - nanos < 0) {
            following++;
        }
        missed += following - sample - 1;
        await(following);
        return null;
    }

    private Monitored done(Totals last, Instant to) {
        Totals begun = Objects.requireNonNull(first);
        return new Monitored(request, target, begun.at(), to, taken, missed, List.copyOf(tracks), last.since(begun));
    }
}
