package org.ergograph.history;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run of the journal on its way into the database: how far it is, and the blocks in hand. Not thread-safe. */
final class RunCursor {
    /**
     * Records that go into one transaction.
     *
     * @param blocks those that hold them, in order; all read back from the journal, or none
     * @param from the first one's number, or that of a lost one before it
     * @param to the number after the last one
     */
    record Piece(List<AuditBlock> blocks, long from, long to, int records) {}

    private final long run;
    private final boolean current;
    private final BlockSource source;
    private final Deque<AuditBlock> hand = new ArrayDeque<>();
    private long position;
    private boolean located;

    /**
     * @param current whether more may come
     * @param position where it begins if the database does not know the run
     */
    RunCursor(long run, boolean current, long position, BlockSource source) {
        this.run = run;
        this.current = current;
        this.position = position;
        this.source = source;
    }

    long run() {
        return run;
    }

    boolean current() {
        return current;
    }

    /** The number of the first record that is not known to be committed. */
    long position() {
        return position;
    }

    /** Whether the position is known to be that in the database. */
    boolean located() {
        return located;
    }

    /** Says that the position in the database may be another one. */
    void lose() {
        located = false;
    }

    /** Says what the position in the database is. */
    void locate(long known) {
        if (known < position) {
            // The database has forgotten what it had confirmed: it is read anew.
            hand.clear();
        }
        moveTo(known);
        located = true;
    }

    /** Says that everything below is committed. */
    void moveTo(long newPosition) {
        position = newPosition;
        while (!hand.isEmpty() && hand.element().end() <= newPosition) {
            hand.remove();
        }
    }

    /** Takes blocks in hand until they have so many records, or there are no more. */
    void gather(int records) throws IOException {
        long have = hand.stream().mapToLong(this::waiting).sum();
        while (have < records) {
            AuditBlock next =
                    source.next(hand.isEmpty() ? position : hand.getLast().end());
            if (next == null) {
                return;
            }
            hand.add(next);
            have += waiting(next);
        }
    }

    private long waiting(AuditBlock block) {
        return block.end() - Math.max(position, block.first());
    }

    /** The oldest block in hand. */
    @Nullable
    AuditBlock oldest() {
        return hand.peek();
    }

    /** What is in hand, up to so many records; null if it is nothing. */
    @Nullable
    Piece piece(int records) {
        AuditBlock first = hand.peek();
        if (first == null) {
            return null;
        }
        List<AuditBlock> blocks = new ArrayList<>();
        int left = records;
        long to = position;
        for (AuditBlock block : hand) {
            if (left == 0 || block.fromFile() != first.fromFile()) {
                break;
            }
            int taken = (int) Math.min(left, waiting(block));
            to = Math.max(position, block.first()) + taken;
            left -= taken;
            blocks.add(block);
        }
        return new Piece(blocks, position, to, records - left);
    }

    void close() throws IOException {
        source.close();
    }
}
