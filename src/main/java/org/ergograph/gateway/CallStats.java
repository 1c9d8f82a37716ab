package org.ergograph.gateway;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import org.ergograph.observation.TimeSource;
import org.ergograph.window.Rolling;

/** What became of the calls to one tool of one server since the start, and how fast they were of late. Thread-safe. */
final class CallStats {
    private final LongAdder calls = new LongAdder();
    private final LongAdder cached = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final Map<Outcome, LongAdder> ended = new EnumMap<>(Outcome.class);
    private final LongAdder totalNanos = new LongAdder();
    private final LongAdder upstreamNanos = new LongAdder();
    private final LongAdder addedNanos = new LongAdder();
    private final LongAdder sized = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAccumulator largest = new LongAccumulator(Math::max, 0);
    private final Rolling total;
    private final Rolling upstream;
    private final Rolling added;

    CallStats(GatewaySettings settings, TimeSource time) {
        for (Outcome outcome : Outcome.values()) {
            ended.put(outcome, new LongAdder());
        }
        total = new Rolling(settings.window(), time);
        upstream = new Rolling(settings.window(), time);
        added = new Rolling(settings.window(), time);
    }

    /** A call came in. */
    void called() {
        calls.increment();
    }

    /** It was answered from the cache. */
    void cached() {
        cached.increment();
    }

    /** It was not let through to the server. */
    void refused() {
        refused.increment();
    }

    /** It is tried once more. */
    void retried() {
        retries.increment();
    }

    /**
     * It was sent and has ended.
     *
     * @param bytes of the answer, -1 if unknown
     */
    void ended(Outcome outcome, long inAllNanos, long itsNanos, long ourNanos, long bytes) {
        boolean error = outcome != Outcome.SUCCESS;
        LongAdder count = ended.get(outcome);
        if (count != null) {
            count.increment();
        }
        totalNanos.add(inAllNanos);
        upstreamNanos.add(itsNanos);
        addedNanos.add(ourNanos);
        total.record(inAllNanos, error);
        upstream.record(itsNanos, error);
        added.record(ourNanos, error);
        if (bytes >= 0) {
            sized.increment();
            this.bytes.add(bytes);
            largest.accumulate(bytes);
        }
    }

    void seal() {
        total.seal();
        upstream.seal();
        added.seal();
    }

    long calls() {
        return calls.sum();
    }

    long cacheHits() {
        return cached.sum();
    }

    long refusals() {
        return refused.sum();
    }

    long retries() {
        return retries.sum();
    }

    long ended(Outcome outcome) {
        LongAdder count = ended.get(outcome);
        return count == null ? 0 : count.sum();
    }

    /** How many answers were measured. */
    long sized() {
        return sized.sum();
    }

    long bytes() {
        return bytes.sum();
    }

    long largestBytes() {
        return largest.get();
    }

    long totalNanos() {
        return totalNanos.sum();
    }

    long upstreamNanos() {
        return upstreamNanos.sum();
    }

    long addedNanos() {
        return addedNanos.sum();
    }

    Rolling total() {
        return total;
    }

    Rolling upstream() {
        return upstream;
    }

    Rolling added() {
        return added;
    }
}
