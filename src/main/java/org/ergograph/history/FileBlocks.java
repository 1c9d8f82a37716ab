package org.ergograph.history;

import java.io.IOException;
import java.util.concurrent.atomic.LongAdder;
import org.ergograph.history.journal.Journal;
import org.ergograph.history.journal.JournalBlock;
import org.ergograph.history.journal.JournalReader;
import org.jspecify.annotations.Nullable;

/** The blocks of a run as its files have them. Those that this version cannot read are left out, and counted. */
final class FileBlocks implements BlockSource {
    private static final System.Logger LOG = System.getLogger(FileBlocks.class.getName());

    private final Journal journal;
    private final long run;
    private final LongAdder dropped;
    private @Nullable JournalReader reader;
    /** The end of the last block that was given away. */
    private long given;
    /** The end of the last block that was read. */
    private long read;

    /** @param dropped counts the records that cannot be read */
    FileBlocks(Journal journal, long run, LongAdder dropped) {
        this.journal = journal;
        this.run = run;
        this.dropped = dropped;
    }

    @Override
    public @Nullable AuditBlock next(long sequence) throws IOException {
        JournalReader open = reader;
        if (open == null || sequence < given || sequence > read) {
            close();
            open = journal.read(run, sequence);
            reader = open;
            given = sequence;
            read = sequence;
        }
        for (JournalBlock block = open.next(); block != null; block = open.next()) {
            read = block.end();
            try {
                AuditBlock usable = AuditBlock.of(block);
                given = read;
                return usable;
            } catch (BlockException e) {
                dropped.add(block.records());
                LOG.log(
                        System.Logger.Level.ERROR,
                        "audit: " + block.records() + " records of the journal are given up: " + e.getMessage());
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        JournalReader open = reader;
        reader = null;
        if (open != null) {
            open.close();
        }
    }
}
