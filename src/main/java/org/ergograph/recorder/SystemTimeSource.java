package org.ergograph.recorder;

import java.time.Clock;
import java.time.Instant;
import org.ergograph.observation.TimeSource;

/**
 * The system's clocks. A moment is reckoned from a monotonic reading and an anchor that is renewed every second, so that
 * naming a moment costs no clock read; it lags a step of the wall clock by at most that long.
 */
final class SystemTimeSource implements TimeSource {
    private final Clock clock;
    private volatile long offset;

    SystemTimeSource(Clock clock) {
        this.clock = clock;
        anchor();
    }

    /** Takes the wall clock's present reading as the moment of the monotonic clock's. */
    void anchor() {
        long before = System.nanoTime();
        Instant now = clock.instant();
        long after = System.nanoTime();
        offset = now.getEpochSecond() * 1_000_000_000L + now.getNano() - (before + (after - before) / 2);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public long epochNanos(long nanoTime) {
        return offset + nanoTime;
    }
}
