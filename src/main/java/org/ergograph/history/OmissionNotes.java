package org.ergograph.history;

import java.util.concurrent.atomic.LongAdder;
import org.ergograph.history.journal.JournalState;
import org.jspecify.annotations.Nullable;

/** Notes in the journal how many observations have no row, as far as they were counted since the last note. Not thread-safe. */
final class OmissionNotes {
    private final AuditCounts counts;
    private long sampled;
    private long rejected;
    private long lost;

    OmissionNotes(AuditCounts counts) {
        this.counts = counts;
    }

    /**
     * Puts in what has come since the last time.
     *
     * @param epochMinute the minute that it is noted under
     * @param journal null if there is none yet
     */
    void put(BlockWriter writer, long epochMinute, @Nullable JournalState journal) {
        sampled = put(writer, epochMinute, Omission.SAMPLED, counts.sampled, sampled);
        rejected = put(writer, epochMinute, Omission.REJECTED, counts.rejected, rejected);
        if (journal != null) {
            long now = journal.droppedRecords() + journal.damagedRecords();
            if (now > lost) {
                counts.dropped.add(now - lost);
                writer.omission(epochMinute, Omission.DROPPED, now - lost);
                lost = now;
            }
        }
    }

    private static long put(BlockWriter writer, long epochMinute, Omission reason, LongAdder count, long before) {
        long now = count.sum();
        if (now > before) {
            writer.omission(epochMinute, reason, now - before);
        }
        return now;
    }
}
