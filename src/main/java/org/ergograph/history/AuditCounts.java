package org.ergograph.history;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.LongAdder;

/** What became of the audit records. Thread-safe. */
@Singleton
class AuditCounts {
    /** Committed, and safe on disk where the database leaves that to its clients. */
    final LongAdder written = new LongAdder();
    /** Not taken, because the queue was full. */
    final LongAdder rejected = new LongAdder();
    /** Taken, and given up: at the end of the application, or because the database refuses the row for what it contains. */
    final LongAdder dropped = new LongAdder();

    @Inject
    AuditCounts() {}
}
