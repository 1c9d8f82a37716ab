package org.ergograph.window;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.ergograph.observation.TimeSource;

/** A clock that stands still until it is told to go on. */
final class ManualTime implements TimeSource {
    /** 2026-11-01T00:00:00Z. */
    static final long EPOCH_NANOS = 1_793_491_200_000_000_000L;

    private final AtomicLong nanos = new AtomicLong();

    void advance(Duration by) {
        nanos.addAndGet(by.toNanos());
    }

    @Override
    public long nanoTime() {
        return nanos.get();
    }

    @Override
    public long epochNanos(long nanoTime) {
        return EPOCH_NANOS + nanoTime;
    }
}
