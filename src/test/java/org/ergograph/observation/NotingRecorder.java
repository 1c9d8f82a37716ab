package org.ergograph.observation;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A recorder for tests of edges: keeps what it gets, on a clock that the test moves. */
public final class NotingRecorder implements Recorder, TimeSource {
    private final SeriesRegistry registry = new SeriesRegistry(1000);
    private final Queue<Observation> observations = new ConcurrentLinkedQueue<>();
    private final ThreadLocal<long[]> current = ThreadLocal.withInitial(() -> new long[3]);
    private final ThreadLocal<@Nullable String> principal = new ThreadLocal<>();
    private final AtomicLong nanos = new AtomicLong(1_000);
    private final AtomicLong traces = new AtomicLong();
    private final AtomicInteger open = new AtomicInteger();
    private final Queue<Sample> samples = new ConcurrentLinkedQueue<>();
    private final AtomicInteger carried = new AtomicInteger();
    private final Queue<String> joined = new ConcurrentLinkedQueue<>();
    private final Queue<Map<String, String>> attributes = new ConcurrentLinkedQueue<>();
    private boolean enabled = true;
    private boolean tracing;
    private boolean broken;

    /** Recording is off from now on. */
    public NotingRecorder off() {
        enabled = false;
        return this;
    }

    /** Spans are made, as far as edges can tell, from now on. */
    public NotingRecorder traced() {
        tracing = true;
        return this;
    }

    public List<Sample> samples() {
        return List.copyOf(samples);
    }

    /** How many pieces of work it was given to carry. */
    public int carried() {
        return carried.get();
    }

    /** What requests were said to belong to. */
    public List<String> joined() {
        return List.copyOf(joined);
    }

    /** What was said of each span, in the order of {@link #observations}. */
    public List<Map<String, String>> attributes() {
        return List.copyOf(attributes);
    }

    /** Every call of it fails from now on. */
    public void breakDown() {
        broken = true;
    }

    /** Moves the clock. */
    public void advanceMillis(long millis) {
        nanos.addAndGet(millis * 1_000_000);
    }

    public List<Observation> observations() {
        return List.copyOf(observations);
    }

    /** The only observation there is. */
    public Observation only() {
        List<Observation> all = observations();
        if (all.size() != 1) {
            throw new AssertionError("expected one observation, got " + all);
        }
        return all.get(0);
    }

    /** How many timings were started and not yet stopped. */
    public int open() {
        return open.get();
    }

    /** The lower half of the calling thread's trace id, 0 if it works for nothing. */
    public long currentTrace() {
        return current.get()[1];
    }

    @Override
    public boolean enabled() {
        return enabled;
    }

    @Override
    public boolean tracing() {
        return tracing;
    }

    @Override
    public boolean tracesArguments() {
        return tracing;
    }

    @Override
    public void join(String traceparent) {
        ids();
        joined.add(traceparent);
    }

    @Override
    public Series series(Kind kind, String... values) {
        return registry.resolve(kind, values);
    }

    @Override
    public Timing start(Series series) {
        long[] ids = ids();
        boolean root = ids[1] == 0;
        if (root) {
            ids[1] = traces.incrementAndGet();
        }
        open.incrementAndGet();
        return new Timing(series.kind(), series, nanos.get(), root, ids[2] != 0, ids[0], ids[1], principal.get());
    }

    @Override
    public Timing startRequest(Kind kind, long traceIdHigh, long traceIdLow) {
        long[] ids = ids();
        ids[0] = traceIdHigh;
        ids[1] = traceIdLow != 0 ? traceIdLow : traces.incrementAndGet();
        principal.remove();
        open.incrementAndGet();
        return new Timing(kind, null, nanos.get(), true, false, ids[0], ids[1], null);
    }

    private long[] ids() {
        if (broken) {
            throw new IllegalStateException("the recorder is broken");
        }
        return current.get();
    }

    @Override
    public void principal(Timing timing, @Nullable String name) {
        timing.principal(name);
        principal.set(name);
    }

    @Override
    public void detach(Timing timing) {
        ids();
        if (timing.root()) {
            current.remove();
            principal.remove();
        }
    }

    @Override
    public void stop(Timing timing) {
        detach(timing);
        stopDetached(timing);
    }

    @Override
    public void stopDetached(Timing timing) {
        ids();
        open.decrementAndGet();
        attributes.add(Map.copyOf(timing.attributes()));
        observations.add(new Observation(
                Objects.requireNonNull(timing.series()),
                timing.startNanos(),
                nanos.get() - timing.startNanos(),
                timing.status(),
                timing.errorType(),
                timing.traceIdHigh(),
                timing.traceIdLow(),
                timing.principal(),
                timing.requestBytes(),
                timing.responseBytes(),
                timing.allocatedBytes(),
                timing.internal(),
                timing.transaction()));
    }

    @Override
    public void sample(Sample sample) {
        samples.add(sample);
    }

    @Override
    public <T> Callable<T> carry(Callable<T> work) {
        carried.incrementAndGet();
        long[] ids = current.get().clone();
        return () -> {
            current.set(ids);
            try {
                return work.call();
            } finally {
                current.remove();
            }
        };
    }

    @Override
    public void internally(Runnable work) {
        long[] ids = current.get();
        long before = ids[2];
        ids[2] = 1;
        try {
            work.run();
        } finally {
            ids[2] = before;
        }
    }

    @Override
    public long nanoTime() {
        return nanos.get();
    }

    @Override
    public long epochNanos(long nanoTime) {
        return nanoTime;
    }
}
