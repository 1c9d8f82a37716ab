package org.ergograph.history;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.ergograph.observation.TimeSource;

/** A clock that a test moves. */
final class FakeTime implements TimeSource {
    private final AtomicLong nanos = new AtomicLong(1_000);
    private volatile long perReading;

    void pass(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    /** From now on every reading takes this long. */
    void passWithEveryReading(Duration duration) {
        perReading = duration.toNanos();
    }

    @Override
    public long nanoTime() {
        return nanos.addAndGet(perReading);
    }

    @Override
    public long epochNanos(long nanoTime) {
        return Observations.FIRST_NANOS + nanoTime;
    }
}
