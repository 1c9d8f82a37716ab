package org.ergograph.recorder;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.LongAdder;
import org.ergograph.observation.Kind;
import org.ergograph.observation.Observation;
import org.ergograph.observation.ObservationSink;
import org.ergograph.observation.Recorder;
import org.ergograph.observation.Sample;
import org.ergograph.observation.Series;
import org.ergograph.observation.SeriesRegistry;
import org.ergograph.observation.Spans;
import org.ergograph.observation.TimeSource;
import org.ergograph.observation.Timing;
import org.ergograph.observation.TraceIds;
import org.jspecify.annotations.Nullable;

/** The recorder: times, and hands each observation to a fixed list of sinks. Thread-safe, wait-free. */
final class LiveRecorder implements Recorder {
    private final boolean enabled;
    private final boolean tracesArguments;
    private final TimeSource time;
    private final SeriesRegistry registry;
    private final @Nullable Spans spans;
    private final ObservationSink[] sinks;
    private final LongAdder[] failures;
    // One field and one call site for each of the first sinks, so that the compiler can inline every one of them.
    private final @Nullable ObservationSink first;
    private final @Nullable ObservationSink second;
    private final @Nullable ObservationSink third;

    /**
     * @param spans null when tracing is off
     * @param tracesArguments whether spans are to carry what tools are called with
     */
    LiveRecorder(
            boolean enabled,
            TimeSource time,
            SeriesRegistry registry,
            @Nullable Spans spans,
            boolean tracesArguments,
            List<ObservationSink> sinks) {
        this.enabled = enabled;
        this.time = time;
        this.registry = registry;
        this.spans = spans;
        this.tracesArguments = tracesArguments && spans != null;
        this.sinks = sinks.toArray(new ObservationSink[0]);
        this.failures = new LongAdder[this.sinks.length];
        for (int i = 0; i < failures.length; i++) {
            failures[i] = new LongAdder();
        }
        this.first = sink(0);
        this.second = sink(1);
        this.third = sink(2);
    }

    private @Nullable ObservationSink sink(int i) {
        return i < sinks.length ? sinks[i] : null;
    }

    /** The sinks, in the order of {@link #failures}. */
    List<ObservationSink> sinks() {
        return List.of(sinks);
    }

    /** How many observations the sink at this position failed to take. */
    long failures(int sink) {
        return failures[sink].sum();
    }

    @Override
    public boolean enabled() {
        return enabled;
    }

    @Override
    public boolean tracing() {
        return spans != null;
    }

    @Override
    public boolean tracesArguments() {
        return tracesArguments;
    }

    @Override
    public Series series(Kind kind, String... values) {
        return registry.resolve(kind, values);
    }

    @Override
    public Timing start(Series series) {
        @Nullable Object[] ambient = Ambient.current();
        long[] ids = Ambient.ids(ambient);
        boolean root = (ids[Ambient.HIGH] | ids[Ambient.LOW]) == 0;
        if (root) {
            ids[Ambient.HIGH] = TraceIds.random();
            ids[Ambient.LOW] = TraceIds.random();
        }
        return open(series.kind(), series, ambient, ids, root);
    }

    @Override
    public Timing startRequest(Kind kind, long traceIdHigh, long traceIdLow) {
        @Nullable Object[] ambient = Ambient.current();
        long[] ids = Ambient.ids(ambient);
        boolean known = (traceIdHigh | traceIdLow) != 0;
        ids[Ambient.HIGH] = known ? traceIdHigh : TraceIds.random();
        ids[Ambient.LOW] = known ? traceIdLow : TraceIds.random();
        ids[Ambient.INTERNAL] = 0;
        Ambient.principal(ambient, null);
        Ambient.request(ambient, null);
        Timing request = open(kind, null, ambient, ids, true);
        Ambient.request(ambient, request);
        return request;
    }

    private Timing open(Kind kind, @Nullable Series series, @Nullable Object[] ambient, long[] ids, boolean root) {
        Timing timing = new Timing(
                kind,
                series,
                time.nanoTime(),
                root,
                ids[Ambient.INTERNAL] != 0,
                ids[Ambient.HIGH],
                ids[Ambient.LOW],
                Ambient.principal(ambient));
        Timing request = Ambient.request(ambient);
        if (request != null && request.sampled()) {
            timing.sampled(true);
        }
        if (spans != null && !timing.internal()) {
            spans.start(timing);
            ids[Ambient.HIGH] = timing.traceIdHigh();
            ids[Ambient.LOW] = timing.traceIdLow();
        }
        return timing;
    }

    @Override
    public void routed(Timing timing) {
        if (spans != null && !timing.internal()) {
            spans.routed(timing);
            long[] ids = Ambient.ids(Ambient.current());
            ids[Ambient.HIGH] = timing.traceIdHigh();
            ids[Ambient.LOW] = timing.traceIdLow();
        }
    }

    @Override
    public void principal(Timing timing, @Nullable String principal) {
        timing.principal(principal);
        Ambient.principal(Ambient.current(), principal);
    }

    @Override
    public void join(String traceparent) {
        @Nullable Object[] ambient = Ambient.current();
        Timing request = Ambient.request(ambient);
        if (request == null || request.traceparent() != null || !TraceIds.isTraceparent(traceparent)) {
            return;
        }
        long[] ids = Ambient.ids(ambient);
        ids[Ambient.HIGH] = TraceIds.high(traceparent);
        ids[Ambient.LOW] = TraceIds.low(traceparent);
        request.traceparent(traceparent);
        request.traceId(ids[Ambient.HIGH], ids[Ambient.LOW]);
        if (spans != null && request.span() != null) {
            spans.join(request);
        }
    }

    @Override
    public String traceparent(Timing timing) {
        String own = spans == null || timing.span() == null ? null : spans.traceparent(timing);
        return own == null ? Recorder.super.traceparent(timing) : own;
    }

    @Override
    public void detach(Timing timing) {
        if (spans != null && timing.span() != null) {
            spans.detach(timing);
        }
        close(timing);
    }

    @Override
    public void stop(Timing timing) {
        long end = time.nanoTime();
        if (spans != null && timing.span() != null) {
            spans.detach(timing);
        }
        close(timing);
        finish(timing, end);
    }

    @Override
    public void stopDetached(Timing timing) {
        finish(timing, time.nanoTime());
    }

    private static void close(Timing timing) {
        if (timing.root()) {
            @Nullable Object[] ambient = Ambient.current();
            long[] ids = Ambient.ids(ambient);
            ids[Ambient.HIGH] = 0;
            ids[Ambient.LOW] = 0;
            Ambient.principal(ambient, null);
            Ambient.request(ambient, null);
        }
    }

    private void finish(Timing timing, long end) {
        if (spans != null && timing.span() != null) {
            spans.stop(timing);
        }
        Series series = timing.series();
        if (series == null) {
            return;
        }
        Observation observation = new Observation(
                series,
                time.epochNanos(timing.startNanos()),
                Math.max(0, end - timing.startNanos()),
                timing.status(),
                timing.errorType(),
                timing.traceIdHigh(),
                timing.traceIdLow(),
                timing.principal(),
                timing.requestBytes(),
                timing.responseBytes(),
                timing.allocatedBytes(),
                timing.internal(),
                timing.transaction());
        hand(observation);
    }

    private void hand(Observation observation) {
        if (first != null) {
            try {
                first.accept(observation);
            } catch (RuntimeException | LinkageError | StackOverflowError e) {
                failures[0].increment();
            }
        }
        if (second != null) {
            try {
                second.accept(observation);
            } catch (RuntimeException | LinkageError | StackOverflowError e) {
                failures[1].increment();
            }
        }
        if (third != null) {
            try {
                third.accept(observation);
            } catch (RuntimeException | LinkageError | StackOverflowError e) {
                failures[2].increment();
            }
        }
        for (int i = 3; i < sinks.length; i++) {
            try {
                sinks[i].accept(observation);
            } catch (RuntimeException | LinkageError | StackOverflowError e) {
                failures[i].increment();
            }
        }
    }

    @Override
    public void sample(Sample sample) {
        for (int i = 0; i < sinks.length; i++) {
            try {
                sinks[i].accept(sample);
            } catch (RuntimeException | LinkageError e) {
                failures[i].increment();
            }
        }
    }

    @Override
    public <T> Callable<T> carry(Callable<T> work) {
        @Nullable Object[] ambient = Ambient.current();
        long[] ids = Ambient.ids(ambient);
        long high = ids[Ambient.HIGH];
        long low = ids[Ambient.LOW];
        long internal = ids[Ambient.INTERNAL];
        String principal = Ambient.principal(ambient);
        Timing request = Ambient.request(ambient);
        Callable<T> inner = spans == null ? work : spans.carry(work);
        return () -> within(high, low, internal, principal, request, inner);
    }

    private static <T> T within(
            long high, long low, long internal, @Nullable String principal, @Nullable Timing request, Callable<T> work)
            throws Exception {
        @Nullable Object[] ambient = Ambient.current();
        long[] ids = Ambient.ids(ambient);
        long[] before = ids.clone();
        String principalBefore = Ambient.principal(ambient);
        Timing requestBefore = Ambient.request(ambient);
        ids[Ambient.HIGH] = high;
        ids[Ambient.LOW] = low;
        ids[Ambient.INTERNAL] = internal;
        Ambient.principal(ambient, principal);
        Ambient.request(ambient, request);
        try {
            return work.call();
        } finally {
            System.arraycopy(before, 0, ids, 0, before.length);
            Ambient.principal(ambient, principalBefore);
            Ambient.request(ambient, requestBefore);
        }
    }

    @Override
    public void internally(Runnable work) {
        long[] ids = Ambient.ids(Ambient.current());
        long before = ids[Ambient.INTERNAL];
        ids[Ambient.INTERNAL] = 1;
        try {
            work.run();
        } finally {
            ids[Ambient.INTERNAL] = before;
        }
    }
}
