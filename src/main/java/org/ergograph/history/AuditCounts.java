package org.ergograph.history;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.LongAdder;

/** What became of the audit records. Thread-safe. */
@Singleton
class AuditCounts {
    /** Committed, and safe on disk where the database leaves that to its clients. */
    final LongAdder written = new LongAdder();
    /** Left memory before they were committed, and so have to be read back from the journal. */
    final LongAdder spilled = new LongAdder();
    /** Committed after they were read back from the journal; counted as written, too. */
    final LongAdder replayed = new LongAdder();
    /** Not taken, because the queue was full. */
    final LongAdder rejected = new LongAdder();
    /** Taken, and given up: for want of room, because of damage, or because the database refuses them. */
    final LongAdder dropped = new LongAdder();
    /** Not taken by choice. */
    final LongAdder sampled = new LongAdder();

    @Inject
    AuditCounts() {}
}
