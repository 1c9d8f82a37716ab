package org.ergograph.history;

import java.util.Arrays;
import org.ergograph.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * The rows that go into one transaction. They keep their ids through every attempt, so that a commit whose outcome is not
 * known can be recognised. Not thread-safe.
 */
final class AuditBatch {
    private final @Nullable Observation[] observations;
    private final long[] ids;
    private int size;
    private boolean numbered;
    private boolean attempted;

    AuditBatch(int capacity) {
        this.observations = new @Nullable Observation[capacity];
        this.ids = new long[capacity];
    }

    /** Takes over what the ring has, as far as there is room. */
    void fill(ObservationRing ring) {
        while (size < observations.length) {
            Observation next = ring.poll();
            if (next == null) {
                return;
            }
            observations[size++] = next;
        }
    }

    /** A batch of the one row at this position, with its id. */
    AuditBatch single(int row) {
        AuditBatch one = new AuditBatch(1);
        one.observations[0] = observation(row);
        one.ids[0] = ids[row];
        one.size = 1;
        one.numbered = true;
        return one;
    }

    int size() {
        return size;
    }

    boolean isFull() {
        return size == observations.length;
    }

    Observation observation(int row) {
        Observation observation = observations[row];
        if (observation == null) {
            throw new IndexOutOfBoundsException("row " + row + " of " + size);
        }
        return observation;
    }

    long id(int row) {
        return ids[row];
    }

    /** Gives the rows their ids, unless they have them. */
    void number(AuditIds generator, long nowEpochMillis) {
        if (!numbered) {
            for (int i = 0; i < size; i++) {
                ids[i] = generator.next(nowEpochMillis);
            }
            numbered = true;
        }
    }

    /** Says that the rows are about to be sent; answers whether they were before. */
    boolean attempt() {
        boolean before = attempted;
        attempted = true;
        return before;
    }

    void clear() {
        Arrays.fill(observations, 0, size, null);
        size = 0;
        numbered = false;
        attempted = false;
    }
}
