package org.ergograph.history;

import java.time.Instant;

/**
 * Makes the ids of audit rows and series: positive, ascending, and unique across nodes without asking the database. From the
 * highest bit down: 41 bits of milliseconds since 2025-01-01T00:00:00Z (until 2094), 10 bits of the node's number modulo 1024,
 * 12 bits of a sequence. When a millisecond's sequence is used up, or the clock goes back, the time part runs ahead of the
 * clock. Not thread-safe.
 */
final class AuditIds {
    static final long EPOCH_MILLIS = Instant.parse("2025-01-01T00:00:00Z").toEpochMilli();
    private static final int NODE_BITS = 10;
    private static final int SEQUENCE_BITS = 12;
    private static final int SEQUENCE_MASK = (1 << SEQUENCE_BITS) - 1;

    private final long node;
    private long millis;
    private int sequence;

    /** @param node the node's number, at least 0 */
    AuditIds(int node) {
        this.node = (long) (node & ((1 << NODE_BITS) - 1)) << SEQUENCE_BITS;
    }

    /** The next id, greater than every one before it. */
    long next(long nowEpochMillis) {
        long now = Math.max(0, nowEpochMillis - EPOCH_MILLIS);
        if (now > millis) {
            millis = now;
            sequence = 0;
        } else if (sequence == SEQUENCE_MASK) {
            millis++;
            sequence = 0;
        } else {
            sequence++;
        }
        return millis << (NODE_BITS + SEQUENCE_BITS) | node | sequence;
    }
}
