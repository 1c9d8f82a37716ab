package org.ergograph.history;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.ergograph.history.journal.Journal;
import org.ergograph.history.journal.JournalRun;
import org.jspecify.annotations.Nullable;

/**
 * Moves records from the journal into the database, run by run, the oldest first, and lets go of what is safe there. What fails
 * is tried again by the next step: nothing has to be put right in between. Not thread-safe, but for {@link #oldestEndEpochNanos}.
 */
final class Committer {
    private static final System.Logger LOG = System.getLogger(Committer.class.getName());

    /** A range whose commit was begun. */
    private record Attempt(long to, int rows, boolean fromFile) {}

    private final JournalFeed feed;
    private final AuditStore store;
    private final AuditCounts counts;
    private final int batch;
    private final Deque<RunCursor> earlier = new ArrayDeque<>();
    private final RunCursor live;
    private @Nullable Journal journal;
    private @Nullable Attempt attempt;
    /** How many records go into the next transaction: fewer after a refusal, to find the record that is refused. */
    private int limit;

    private AuditStore.Without without = AuditStore.Without.NOTHING;
    /** In the database, and not known to be safe on disk there. */
    private long unsafeRows;

    private long unsafeReplayed;
    private long released;
    private boolean refusalTold;
    private boolean tidied;
    private volatile long oldestEndEpochNanos = Long.MAX_VALUE;

    Committer(JournalFeed feed, AuditStore store, AuditCounts counts, int batch) {
        this.feed = feed;
        this.store = store;
        this.counts = counts;
        this.batch = batch;
        this.limit = batch;
        this.live = new RunCursor(feed.runId(), true, 0, new LiveBlocks(feed, counts.dropped));
    }

    /** When the oldest row in hand ended; the greatest number if there is none. Any thread. */
    long oldestEndEpochNanos() {
        return oldestEndEpochNanos;
    }

    /** Whether runs of earlier starts are left. */
    boolean hasEarlier() {
        return !earlier.isEmpty();
    }

    /** Whether something is in the database that may not be safe on disk there. */
    boolean isUnsafe() {
        return unsafeRows > 0 || live.position() > released;
    }

    /**
     * Commits the next records.
     *
     * @return whether to go on at once: there was at least a full batch, or a run came to its end
     * @throws SQLException if the database could not take them
     * @throws IOException if the journal could not be read
     */
    boolean step(Instant now) throws SQLException, IOException {
        RunCursor cursor = next();
        if (!cursor.located()) {
            locate(cursor, now);
        }
        cursor.gather(batch);
        RunCursor.Piece piece = cursor.piece(limit);
        AuditBlock oldest = cursor.oldest();
        oldestEndEpochNanos = oldest == null ? Long.MAX_VALUE : oldest.oldestEndEpochNanos();
        if (piece == null) {
            return !cursor.current() && finish(cursor);
        }
        boolean full = piece.records() >= limit;
        commit(cursor, piece, now);
        oldestEndEpochNanos = Long.MAX_VALUE;
        return full || cursor.oldest() != null || !cursor.current();
    }

    private RunCursor next() {
        Journal open = feed.journal();
        if (journal == null && open != null) {
            journal = open;
            for (JournalRun run : open.runs()) {
                if (!run.current()) {
                    BlockSource files = new FileBlocks(open, run.id(), counts.dropped);
                    earlier.add(new RunCursor(run.id(), false, run.first(), new Counted(files, counts)));
                }
            }
        }
        RunCursor oldest = earlier.peek();
        return oldest == null ? live : oldest;
    }

    /** Counts the rows of earlier runs, which are in no memory. */
    private record Counted(BlockSource blocks, AuditCounts counts) implements BlockSource {
        @Override
        public @Nullable AuditBlock next(long sequence) throws IOException {
            AuditBlock block = blocks.next(sequence);
            if (block != null) {
                counts.spilled.add(block.rows());
            }
            return block;
        }

        @Override
        public void close() throws IOException {
            blocks.close();
        }
    }

    private void locate(RunCursor cursor, Instant now) throws SQLException {
        long known = store.position(cursor.run(), cursor.position(), now);
        Attempt open = attempt;
        attempt = null;
        if (open != null && known == open.to()) {
            done(open);
        }
        cursor.locate(known);
        tell(cursor);
        if (cursor.current() && journal != null && !tidied) {
            store.tidy(now);
            tidied = true;
        }
    }

    private void commit(RunCursor cursor, RunCursor.Piece piece, Instant now) throws SQLException {
        Attempt begun = null;
        try {
            boolean moved = store.commit(piece.blocks(), piece.from(), piece.to(), without, now);
            if (moved) {
                counts.dropped.add(store.dropped());
                done(attempt(piece));
                cursor.moveTo(piece.to());
                tell(cursor);
                limit = Math.min(batch, limit * 2);
                without = AuditStore.Without.NOTHING;
            } else {
                cursor.lose();
            }
        } catch (RefusedException e) {
            refused(piece, e);
        } catch (SQLException | RuntimeException e) {
            begun = attempt(piece);
            cursor.lose();
            throw e;
        } finally {
            attempt = begun;
        }
    }

    private Attempt attempt(RunCursor.Piece piece) {
        return new Attempt(piece.to(), store.rows(), piece.blocks().get(0).fromFile());
    }

    /** Looks for what is refused in half of the records, and at last leaves that one out. */
    private void refused(RunCursor.Piece piece, RefusedException reason) {
        if (piece.records() > 1) {
            limit = piece.records() / 2;
        } else if (without == AuditStore.Without.NOTHING) {
            without = AuditStore.Without.ROWS;
            if (!refusalTold) {
                refusalTold = true;
                LOG.log(
                        System.Logger.Level.ERROR,
                        "audit: the database refuses a record for what it contains; it and others like it are counted as"
                                + " dropped",
                        reason);
            }
        } else {
            without = AuditStore.Without.EVERYTHING;
        }
    }

    private void done(Attempt committed) {
        unsafeRows += committed.rows();
        unsafeReplayed += committed.fromFile() ? committed.rows() : 0;
    }

    private void tell(RunCursor cursor) {
        if (cursor.current()) {
            feed.recent().committed(cursor.position());
        }
    }

    /** Makes what was committed safe on disk, and lets go of it in the journal. */
    void secure() throws SQLException {
        RunCursor cursor = next();
        if (store.needsSync()) {
            store.sync();
        }
        counts.written.add(unsafeRows);
        counts.replayed.add(unsafeReplayed);
        unsafeRows = 0;
        unsafeReplayed = 0;
        if (cursor.current()) {
            released = cursor.position();
        }
        release(cursor, cursor.position());
    }

    private void release(RunCursor cursor, long before) {
        Journal open = journal;
        if (open != null) {
            try {
                open.release(cursor.run(), before);
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, "audit: a file of the journal could not be deleted: " + e);
            }
        }
    }

    /** The end of an earlier run: first its files go, then its position. */
    private boolean finish(RunCursor cursor) throws SQLException, IOException {
        secure();
        cursor.close();
        release(cursor, Long.MAX_VALUE);
        store.forget(cursor.run());
        earlier.remove(cursor);
        return true;
    }
}
