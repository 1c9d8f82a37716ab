package org.ergograph.observation;

import java.time.Instant;

/**
 * The two clocks: a monotonic one for elapsed time, and the moment that belongs to one of its readings. Thread-safe.
 */
public interface TimeSource {
    /** A monotonic reading in nanoseconds; only differences mean something. */
    long nanoTime();

    /** The moment of a monotonic reading, nanoseconds since 1970-01-01T00:00:00Z; reads no clock. */
    long epochNanos(long nanoTime);

    /** The moment now. */
    default Instant now() {
        long nanos = epochNanos(nanoTime());
        return Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
    }
}
