package org.ergograph.history;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.ergograph.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue of many producers and one consumer. Offering is lock-free: one compare-and-set and one release store, no
 * allocation, and never a wait; a full ring refuses. Observations come out in the order in which their places were taken.
 */
final class ObservationRing {
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Observation[].class);
    private static final VarHandle POSITION = MethodHandles.arrayElementVarHandle(long[].class);

    // Positions of the counters, each on cache lines of its own.
    private static final int TAIL = 16;
    private static final int LIMIT = 32;
    private static final int HEAD = 48;

    private final @Nullable Observation[] slots;
    private final int mask;
    private final long[] positions = new long[64];

    /**
     * @param capacity how many observations may wait, a power of two
     * @throws IllegalArgumentException if it is no power of two
     */
    ObservationRing(int capacity) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("capacity is " + capacity + ": must be a power of two");
        }
        this.slots = new @Nullable Observation[capacity];
        this.mask = capacity - 1;
        positions[LIMIT] = capacity;
    }

    /** Takes the observation, or answers false if there is no room. Any thread. */
    boolean offer(Observation observation) {
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
        SLOT.setRelease(slots, (int) tail & mask, observation);
        return true;
    }

    /** Takes out the oldest observation; null if there is none, or if its producer has not put it down yet. Consumer only. */
    @Nullable
    Observation poll() {
        long head = positions[HEAD];
        int slot = (int) head & mask;
        Observation observation = (Observation) SLOT.getAcquire(slots, slot);
        if (observation != null) {
            slots[slot] = null;
            POSITION.setRelease(positions, HEAD, head + 1);
        }
        return observation;
    }

    /** The oldest observation, which stays where it is; null if there is none. Any thread. */
    @Nullable
    Observation peek() {
        long head = (long) POSITION.getVolatile(positions, HEAD);
        return (Observation) SLOT.getAcquire(slots, (int) head & mask);
    }

    /** How many wait now. Any thread. */
    int size() {
        long head = (long) POSITION.getVolatile(positions, HEAD);
        long tail = (long) POSITION.getVolatile(positions, TAIL);
        return (int) Math.max(0, Math.min(slots.length, tail - head));
    }

    /** How many may wait. */
    int capacity() {
        return slots.length;
    }
}
