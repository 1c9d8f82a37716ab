package org.ergograph.history;

import org.jspecify.annotations.Nullable;

/**
 * How the audit log stands. Immutable.
 *
 * @param waiting records that are not in the database yet
 * @param queued those of them that wait for the journal
 * @param capacity how many may wait for the journal
 * @param lagSeconds the age of the oldest that is not in the database, 0 if there is none
 * @param journalBytes what the journal holds
 * @param journalMaxBytes what it may hold
 * @param journalFailure why the journal cannot be written, null if it can
 * @param failure why the last attempt to write into the database failed, null if it succeeded
 * @param written records in the database since the start
 * @param spilled records that left memory before they were there
 * @param replayed records that were read back from the journal and are there
 * @param rejected records not taken since the start, because there was no room
 * @param dropped records given up since the start
 * @param sampled records not taken by choice since the start
 */
public record AuditState(
        long waiting,
        int queued,
        int capacity,
        double lagSeconds,
        long journalBytes,
        long journalMaxBytes,
        @Nullable String journalFailure,
        @Nullable String failure,
        long written,
        long spilled,
        long replayed,
        long rejected,
        long dropped,
        long sampled) {
    /** How full the queue before the journal is, 0 to 1. */
    public double fill() {
        return Math.min(1.0, (double) queued / capacity);
    }

    /** How full the journal is, 0 to 1. */
    public double journalFill() {
        return Math.min(1.0, (double) journalBytes / journalMaxBytes);
    }

    /** Whether there is room for more in the queue or in the journal. */
    public boolean hasRoom() {
        return fill() < 1 || (journalFailure == null && journalFill() < 1);
    }
}
