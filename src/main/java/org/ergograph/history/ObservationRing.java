package org.ergograph.history;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.ergograph.observation.Observation;
import org.ergograph.observation.Series;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue of many producers and one consumer. Offering is lock-free: one compare-and-set and one release store, no
 * allocation, and never a wait; a full ring refuses. Observations come out in the order in which their places were taken.
 *
 * <p>They are kept as numbers, not as objects: a reference stored into an array this old would cost every producer a barrier of
 * the garbage collector, and the collector a copy of what waits.
 */
final class ObservationRing {
    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle POSITION = MethodHandles.arrayElementVarHandle(long[].class);

    // Positions of the counters, each on cache lines of its own.
    private static final int TAIL = 16;
    private static final int LIMIT = 32;
    private static final int HEAD = 48;

    // The words of a place: one cache line.
    private static final int WORDS = 8;
    private static final int START = 0;
    private static final int DURATION = 1;
    private static final int TRACE_HIGH = 2;
    private static final int TRACE_LOW = 3;
    private static final int REQUEST_BYTES = 4;
    private static final int RESPONSE_BYTES = 5;
    /** The series' id in the upper half; below it the flags and the status. */
    private static final int WHAT = 6;
    /** The place's number in the queue plus one, once the rest is there. */
    private static final int STAMP = 7;

    private static final int STATUS_BITS = 16;
    private static final long TEXTS = 1L << STATUS_BITS;

    private final long[] words;
    private final @Nullable String[] texts;
    private final int mask;
    private final long[] positions = new long[64];
    private final Object adding = new Object();
    private volatile @Nullable Series[] series = new @Nullable Series[256];

    /**
     * @param capacity how many observations may wait, a power of two
     * @throws IllegalArgumentException if it is no power of two
     */
    ObservationRing(int capacity) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("capacity is " + capacity + ": must be a power of two");
        }
        this.words = new long[capacity * WORDS];
        this.texts = new @Nullable String[capacity * 2];
        this.mask = capacity - 1;
        positions[LIMIT] = capacity;
    }

    /** Takes the observation, or answers false if there is no room. Any thread. */
    boolean offer(Observation observation) {
        Series of = observation.series();
        @Nullable Series[] known = series;
        if (of.id() >= known.length || known[of.id()] == null) {
            add(of);
        }
        long[] at = positions;
        long tail;
        do {
            tail = (long) POSITION.getVolatile(at, TAIL);
            // The limit is a remembered lower bound of head + capacity: the consumer's line is read only where it is
            // reached.
            if (tail >= (long) POSITION.getVolatile(at, LIMIT)) {
                long limit = (long) POSITION.getVolatile(at, HEAD) + mask + 1;
                if (tail >= limit) {
                    return false;
                }
                POSITION.setRelease(at, LIMIT, limit);
            }
        } while (!POSITION.compareAndSet(at, TAIL, tail, tail + 1));
        put((int) tail & mask, observation, tail + 1);
        return true;
    }

    private void put(int place, Observation observation, long stamp) {
        int word = place * WORDS;
        words[word + START] = observation.startEpochNanos();
        words[word + DURATION] = observation.durationNanos();
        words[word + TRACE_HIGH] = observation.traceIdHigh();
        words[word + TRACE_LOW] = observation.traceIdLow();
        words[word + REQUEST_BYTES] = observation.requestBytes();
        words[word + RESPONSE_BYTES] = observation.responseBytes();
        long what = ((long) observation.series().id() << 32) | (observation.status() & ((1L << STATUS_BITS) - 1));
        if (observation.errorType() != null || observation.principal() != null) {
            what |= TEXTS;
            texts[2 * place] = observation.errorType();
            texts[2 * place + 1] = observation.principal();
        }
        words[word + WHAT] = what;
        WORD.setRelease(words, word + STAMP, stamp);
    }

    /** Once a series. */
    private void add(Series added) {
        synchronized (adding) {
            @Nullable Series[] known = series;
            @Nullable
            Series[] more = Arrays.copyOf(known, Math.max(known.length, Integer.highestOneBit(added.id()) * 2));
            more[added.id()] = added;
            series = more;
        }
    }

    /** Takes an observation out of the ring, without an object for it. */
    interface Taker {
        void take(
                Series series,
                long startEpochNanos,
                long durationNanos,
                int status,
                @Nullable String errorType,
                long traceIdHigh,
                long traceIdLow,
                @Nullable String principal,
                long requestBytes,
                long responseBytes);
    }

    /**
     * Takes out the oldest observation; answers false if there is none, or if its producer has not put it down yet. Consumer
     * only.
     */
    boolean poll(Taker taker) {
        long head = positions[HEAD];
        int place = (int) head & mask;
        int word = place * WORDS;
        if ((long) WORD.getAcquire(words, word + STAMP) != head + 1) {
            return false;
        }
        long what = words[word + WHAT];
        Series of = series[(int) (what >>> 32)];
        if (of == null) {
            throw new IllegalStateException("no series " + (what >>> 32));
        }
        String errorType = null;
        String principal = null;
        if ((what & TEXTS) != 0) {
            errorType = texts[2 * place];
            principal = texts[2 * place + 1];
            texts[2 * place] = null;
            texts[2 * place + 1] = null;
        }
        taker.take(
                of,
                words[word + START],
                words[word + DURATION],
                (int) (what & ((1L << STATUS_BITS) - 1)),
                errorType,
                words[word + TRACE_HIGH],
                words[word + TRACE_LOW],
                principal,
                words[word + REQUEST_BYTES],
                words[word + RESPONSE_BYTES]);
        POSITION.setRelease(positions, HEAD, head + 1);
        return true;
    }

    /** When the oldest observation ended, nanoseconds since 1970-01-01T00:00:00Z; -1 if there is none. Any thread. */
    long oldestEndEpochNanos() {
        long head = (long) POSITION.getVolatile(positions, HEAD);
        int word = ((int) head & mask) * WORDS;
        boolean there = (long) WORD.getAcquire(words, word + STAMP) == head + 1;
        long end = there ? words[word + START] + words[word + DURATION] : -1;
        // Taken out meanwhile: then the place may be another's by now.
        return (long) POSITION.getVolatile(positions, HEAD) == head ? end : -1;
    }

    /** How many wait now. Any thread. */
    int size() {
        long head = (long) POSITION.getVolatile(positions, HEAD);
        long tail = (long) POSITION.getVolatile(positions, TAIL);
        return (int) Math.max(0, Math.min(mask + 1L, tail - head));
    }

    /** How many may wait. */
    int capacity() {
        return mask + 1;
    }
}
