package org.ergograph.history;

import java.io.IOException;
import java.util.concurrent.atomic.LongAdder;
import org.ergograph.history.journal.Journal;
import org.jspecify.annotations.Nullable;

/** The blocks of the run that is going on: from memory while the committer keeps up, else from the file. */
final class LiveBlocks implements BlockSource {
    private final JournalFeed feed;
    private final RecentBlocks recent;
    private final LongAdder dropped;
    private @Nullable FileBlocks files;

    /** @param dropped counts the records that cannot be read */
    LiveBlocks(JournalFeed feed, LongAdder dropped) {
        this.feed = feed;
        this.recent = feed.recent();
        this.dropped = dropped;
    }

    @Override
    public @Nullable AuditBlock next(long sequence) throws IOException {
        AuditBlock block = recent.take(sequence);
        if (block == null && sequence < recent.end()) {
            block = fromFile(sequence);
        }
        while (block != null && !block.fromFile() && !pin(block)) {
            block = next(block.end());
        }
        return block;
    }

    /** Keeps the block from being dropped while it is in hand; false if it was dropped before, and counted. */
    private boolean pin(AuditBlock block) {
        Journal journal = feed.journal();
        return journal == null || journal.pin(block.run(), block.first(), block.end());
    }

    private @Nullable AuditBlock fromFile(long sequence) throws IOException {
        FileBlocks open = files;
        Journal journal = feed.journal();
        if (open == null && journal != null) {
            open = new FileBlocks(journal, feed.runId(), dropped);
            files = open;
        }
        AuditBlock block = open == null ? null : open.next(sequence);
        if (block == null) {
            return recent.takeOldest();
        }
        // What the journal could not take is in memory only, between blocks of the file.
        AuditBlock before = block.first() > sequence ? recent.takeBefore(block.first()) : null;
        return before == null ? block : before;
    }

    @Override
    public void close() throws IOException {
        FileBlocks open = files;
        files = null;
        if (open != null) {
            open.close();
        }
    }
}
