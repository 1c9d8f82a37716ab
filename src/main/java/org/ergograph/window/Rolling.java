package org.ergograph.window;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.ergograph.observation.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * The live distribution of one thing that is no series, over the last minutes. Recording is wait-free; {@link #seal} has to be
 * called from time to time, else what is older than the length stays in. Thread-safe.
 */
public final class Rolling {
    private record Slot(long endNanos, @Nullable Slice slice) {}

    // Large, and needed for an instant: one for all, used by whoever holds its lock.
    private static final Tally TALLY = new Tally();

    private final Accumulator accumulator =
            new Accumulator(WindowSink.stripes(Runtime.getRuntime().availableProcessors()));
    private final TimeSource time;
    private final long lengthNanos;
    private final long slotNanos;
    private final Deque<Slot> slots = new ArrayDeque<>();
    private long openedNanos;

    /** @param length how far back it reaches; up to a thirtieth of it more */
    public Rolling(Duration length, TimeSource time) {
        this.time = time;
        this.lengthNanos = length.toNanos();
        this.slotNanos = Math.max(1, lengthNanos / WindowSink.SLOTS);
        this.openedNanos = time.nanoTime();
    }

    public void record(long nanos, boolean error) {
        accumulator.record(nanos, error);
    }

    /** Drops what is too old; cheap if there is nothing to do. */
    public synchronized void seal() {
        long now = time.nanoTime();
        if (now - openedNanos >= slotNanos) {
            synchronized (TALLY) {
                accumulator.seal(TALLY);
                slots.addLast(new Slot(now, TALLY.takeSlice()));
            }
            openedNanos = now;
        }
        Slot oldest = slots.peekFirst();
        while (oldest != null && now - oldest.endNanos() >= lengthNanos) {
            slots.removeFirst();
            oldest = slots.peekFirst();
        }
    }

    /** What is within the length now. */
    public synchronized Distribution distribution() {
        seal();
        synchronized (TALLY) {
            for (Slot slot : slots) {
                if (slot.slice() != null) {
                    slot.slice().addTo(TALLY);
                }
            }
            accumulator.addUnsealed(TALLY);
            return TALLY.takeDistribution();
        }
    }
}
