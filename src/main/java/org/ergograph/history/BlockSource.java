package org.ergograph.history;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where the committer gets the blocks of a run. Not thread-safe. */
interface BlockSource extends AutoCloseable {
    /**
     * The block that holds the record of this number, or else the first one after it: numbers in between are lost, and counted.
     *
     * @return null if there is none now
     * @throws IOException if the journal could not be read; another attempt may succeed
     */
    @Nullable
    AuditBlock next(long sequence) throws IOException;

    @Override
    void close() throws IOException;
}
