package org.ergograph.history;

import org.jspecify.annotations.Nullable;

/**
 * How the audit log stands. Immutable.
 *
 * @param waiting records that wait to be written
 * @param capacity how many may wait
 * @param lagSeconds the age of the oldest that waits, 0 if none does
 * @param failure why the last attempt to write failed, null if it succeeded
 * @param written records written since the start
 * @param rejected records not taken since the start, because there was no room
 * @param dropped records given up since the start
 */
public record AuditState(
        int waiting,
        int capacity,
        double lagSeconds,
        @Nullable String failure,
        long written,
        long rejected,
        long dropped) {
    /** How full the queue is, 0 to 1. */
    public double fill() {
        return Math.min(1.0, (double) waiting / capacity);
    }
}
