package org.ergograph.health;

import java.time.Duration;
import org.ergograph.observation.TimeSource;

/** A clock that a test moves. */
final class FakeTime implements TimeSource {
    private long nanos;

    void pass(Duration duration) {
        nanos += duration.toNanos();
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public long epochNanos(long nanoTime) {
        return 1_790_000_000_000_000_000L + nanoTime;
    }
}
