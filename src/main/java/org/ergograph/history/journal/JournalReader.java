package org.ergograph.history.journal;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** Reads the blocks of a run in order, also while it is written. For one thread at a time. */
public final class JournalReader implements AutoCloseable {
    private final JournalFiles files;
    private final Holdings holdings;
    private final long run;

    private @Nullable Open open;

    /** The number of the last segment that is done with. */
    private int done;

    /** The sequence number of the record that comes next. */
    private long next;

    /** The segment that is read. */
    private static final class Open {
        final Segment segment;
        final JournalFile file;
        final FrameScanner scanner;
        long offset = SegmentHeader.BYTES;

        Open(Segment segment, JournalFile file) {
            this.segment = segment;
            this.file = file;
            scanner = new FrameScanner(file, segment.name.run());
        }
    }

    JournalReader(JournalFiles files, Holdings holdings, long run, long from) {
        this.files = files;
        this.holdings = holdings;
        this.run = run;
        next = from;
    }

    /**
     * The next block, which is pinned: its segment is not dropped before it is released. Numbers that were never
     * appended, dropped or lost are passed over: the block's {@code first} tells. If reading began inside of a block,
     * that block comes whole.
     *
     * @return null if there is nothing more; in the current run there may be later
     * @throws IOException if a file could not be read; nothing is passed over, the next call tries again
     */
    public @Nullable JournalBlock next() throws IOException {
        while (true) {
            if (open == null && !enter()) {
                return null;
            }
            Open from = open;
            if (from == null) {
                continue;
            }
            Holdings.Extent extent = holdings.extent(from.segment);
            FrameScanner.Found found = extent.complete() && next >= extent.end() ? null : find(from, extent.limit());
            if (found != null) {
                JournalBlock block = take(from, found);
                if (block != null) {
                    return block;
                }
            } else if (extent.complete()) {
                passOver(from.segment, extent.end());
                leave();
            } else {
                return null;
            }
        }
    }

    /** Opens the next segment; false if there is none. */
    private boolean enter() throws IOException {
        Segment segment = holdings.after(run, done, next);
        if (segment == null) {
            return false;
        }
        next = Math.max(next, segment.first);
        try {
            open = new Open(segment, files.open(segment.name.file()));
        } catch (NoSuchFileException e) {
            passOver(segment, holdings.extent(segment).end());
            done = segment.name.number();
        }
        return true;
    }

    private FrameScanner.@Nullable Found find(Open from, long limit) throws IOException {
        try {
            FrameScanner.Found found = from.scanner.next(from.offset, limit, next);
            from.offset = found == null ? Math.max(from.offset, limit) : found.endOffset();
            return found;
        } catch (IOException e) {
            // An interrupt closes the file: it is opened again.
            done = from.segment.name.number() - 1;
            open = null;
            try {
                from.file.close();
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }

    private @Nullable JournalBlock take(Open from, FrameScanner.Found found) {
        Frame frame = found.frame();
        passOver(from.segment, frame.first());
        boolean pinned = holdings.pin(run, frame.first(), frame.end());
        next = frame.end();
        return pinned ? new JournalBlock(run, frame.first(), frame.records(), found.payload()) : null;
    }

    private void passOver(Segment segment, long before) {
        if (next < before && holdings.lost(segment, next, before)) {
            next = before;
        }
    }

    private void leave() throws IOException {
        Open left = open;
        open = null;
        if (left != null) {
            done = left.segment.name.number();
            left.file.close();
        }
    }

    /** Closes the file. What was handed out stays pinned. */
    @Override
    public void close() throws IOException {
        leave();
    }
}
