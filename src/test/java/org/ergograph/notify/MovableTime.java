package org.ergograph.notify;

import java.time.Duration;
import org.ergograph.observation.TimeSource;

/** Two clocks that stand still until they are moved, one of them as an operator moves it. Not thread-safe. */
final class MovableTime implements TimeSource {
    /** 2026-11-01T00:00:00Z. */
    private static final long EPOCH_NANOS = 1_793_491_200_000_000_000L;

    private long nanos;
    private long movedNanos;

    /** Time goes by. */
    void advance(Duration by) {
        nanos += by.toNanos();
    }

    /** Somebody sets the wall clock; no time goes by. */
    void move(Duration by) {
        movedNanos += by.toNanos();
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public long epochNanos(long nanoTime) {
        return EPOCH_NANOS + movedNanos + nanoTime;
    }
}
