package org.ergograph.history;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.ergograph.history.journal.JournalBlock;
import org.ergograph.history.names.Names.SeriesName;
import org.jspecify.annotations.Nullable;

/**
 * A block of records on its way into the database. Belongs to the thread that has it in hand.
 */
final class AuditBlock {
    private final long run;
    private final long first;
    private final int records;
    private final int rows;
    private final byte[] payload;
    private final long oldestEndEpochNanos;
    private final boolean fromFile;
    private @Nullable BlockReader reader;
    private int @Nullable [] series;
    private int[] texts = new int[0];
    private int node;

    /**
     * A block that has just been made.
     *
     * @param rows how many of the records are rows
     * @param oldestEndEpochNanos when its first row ended; the greatest number if it has none
     */
    AuditBlock(long run, long first, int records, int rows, byte[] payload, long oldestEndEpochNanos) {
        this(run, first, records, rows, payload, oldestEndEpochNanos, null);
    }

    private AuditBlock(
            long run,
            long first,
            int records,
            int rows,
            byte[] payload,
            long oldestEndEpochNanos,
            @Nullable BlockReader reader) {
        this.run = run;
        this.first = first;
        this.records = records;
        this.rows = rows;
        this.payload = payload;
        this.oldestEndEpochNanos = oldestEndEpochNanos;
        this.fromFile = reader != null;
        this.reader = reader;
    }

    /**
     * A block that was read back from the journal.
     *
     * @throws BlockException if this version cannot read it
     */
    static AuditBlock of(JournalBlock block) throws BlockException {
        BlockReader reader = new BlockReader(block.payload(), block.records());
        int rows = reader.check();
        long oldest = Long.MAX_VALUE;
        for (int i = 0; i < block.records() && oldest == Long.MAX_VALUE; i++) {
            if (reader.next() == BlockFormat.ROW) {
                oldest = reader.startEpochNanos + reader.durationNanos;
            }
        }
        return new AuditBlock(block.run(), block.first(), block.records(), rows, block.payload(), oldest, reader);
    }

    long run() {
        return run;
    }

    /** The sequence number of the first record. */
    long first() {
        return first;
    }

    /** The sequence number after the last record. */
    long end() {
        return first + records;
    }

    int records() {
        return records;
    }

    int rows() {
        return rows;
    }

    /** Nobody writes to it. */
    byte[] payload() {
        return payload;
    }

    long oldestEndEpochNanos() {
        return oldestEndEpochNanos;
    }

    /** Whether it was read back from the journal. */
    boolean fromFile() {
        return fromFile;
    }

    /** Looks up the numbers of all names in the block. May end the connection's transaction. */
    void resolve(Connection connection, NodeNames names, int timeoutSeconds) throws SQLException, BlockException {
        if (series != null) {
            return;
        }
        BlockReader open = reader();
        List<String> words = open.texts();
        int[] textNumbers = new int[words.size() + 1];
        for (int i = 0; i < words.size(); i++) {
            textNumbers[i + 1] = names.names().term(connection, words.get(i), timeoutSeconds);
        }
        List<SeriesName> all = open.seriesNames();
        int[] seriesNumbers = new int[all.size()];
        for (int i = 0; i < seriesNumbers.length; i++) {
            seriesNumbers[i] = names.names().series(connection, all.get(i), timeoutSeconds);
        }
        node = names.number(connection, open.node(), timeoutSeconds);
        texts = textNumbers;
        series = seriesNumbers;
    }

    /**
     * Puts records into the batch, after {@link #resolve}.
     *
     * @param from the sequence number of the first one, within this block
     * @param before the sequence number after the last one, at most {@link #end}
     */
    void load(RecordBatch batch, long from, long before) throws BlockException {
        BlockReader open = reader();
        int[] numbers = series;
        if (numbers == null) {
            throw new IllegalStateException("names are not resolved");
        }
        if (open.position() > from - first) {
            open.rewind();
        }
        while (open.position() < from - first) {
            open.next();
        }
        while (open.position() < before - first) {
            switch (open.next()) {
                case BlockFormat.ROW ->
                    batch.row(open, numbers[open.series], texts[open.errorType], texts[open.principal], node);
                case BlockFormat.TALLY -> batch.tally(numbers[open.series], node, open.epochSecond, open.distribution);
                case BlockFormat.SAMPLE -> batch.sample(numbers[open.series], node, open.epochSecond, open.value);
                default -> batch.omission(open.epochMinute, node, open.reason, open.omitted);
            }
        }
    }

    private BlockReader reader() throws BlockException {
        BlockReader open = reader;
        if (open == null) {
            open = new BlockReader(payload, records);
            reader = open;
        }
        return open;
    }
}
