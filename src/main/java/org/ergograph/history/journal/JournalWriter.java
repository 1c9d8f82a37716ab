package org.ergograph.history.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Appends to the current run.
 *
 * <p>Blocks are kept until they are known to be on disk, because after a failed force nobody knows which are: all that
 * were not forced are written again, to a new segment. For one thread, except where it says otherwise.
 */
final class JournalWriter {
    private static final int BUFFER = 320 << 10;

    private final JournalFiles files;
    private final Holdings holdings;
    private final SegmentFiles segmentFiles;
    private final int segmentBytes;
    private final SegmentName runName;
    private final Instant openedAt;

    private final Queue<Block> unsynced = new ArrayDeque<>();
    private ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private @Nullable Open open;
    private int lastNumber;
    private boolean broken;

    /** The sequence number after the last block that is in the files. */
    private long written;

    /** The sequence number after the last block that was taken. */
    private long taken;

    private volatile long end;
    private volatile long synced;

    // Never compared.
    @SuppressWarnings("ArrayRecordComponent")
    private record Block(Frame frame, byte[] payload) {}

    /** The segment that is written to. */
    private static final class Open {
        final Segment segment;
        final JournalFile file;
        long limit = SegmentHeader.BYTES;

        /** The file is not larger, whatever was written to it. */
        long size = SegmentHeader.BYTES;

        long syncedLimit = SegmentHeader.BYTES;
        long syncedEnd;

        Open(Segment segment, JournalFile file, long syncedEnd) {
            this.segment = segment;
            this.file = file;
            this.syncedEnd = syncedEnd;
        }
    }

    JournalWriter(
            JournalFiles files,
            Holdings holdings,
            SegmentFiles segmentFiles,
            int segmentBytes,
            SegmentName runName,
            Instant openedAt,
            long first) {
        this.files = files;
        this.holdings = holdings;
        this.segmentFiles = segmentFiles;
        this.segmentBytes = segmentBytes;
        this.runName = runName;
        this.openedAt = openedAt;
        lastNumber = runName.number();
        written = first;
        taken = first;
        end = first;
        synced = first;
    }

    /** Any thread. */
    long end() {
        return end;
    }

    /** Any thread. */
    long synced() {
        return synced;
    }

    long skip(int records) {
        if (records < 1) {
            throw new IllegalArgumentException("records is %d: must be at least 1".formatted(records));
        }
        long first = end;
        end = first + records;
        return first;
    }

    long append(byte[] payload, int length, int records) throws IOException {
        long first = end;
        take(first, payload, length, records);
        end = first + records;
        return first;
    }

    void appendAt(long first, byte[] payload, int length, int records) throws IOException {
        if (first < taken || first + records > end) {
            throw new IllegalArgumentException("%d records at %d: must be from %d to %d, the numbers that were skipped"
                    .formatted(records, first, taken, end));
        }
        take(first, payload, length, records);
    }

    private void take(long first, byte[] payload, int length, int records) throws IOException {
        if (length < 1 || length > Math.min(payload.length, Frame.MAX_LENGTH) || records < 1) {
            throw new IllegalArgumentException("%d records in %d of %d bytes: must be 1 or more, in 1 to %d bytes"
                    .formatted(records, length, payload.length, Frame.MAX_LENGTH));
        }
        if (broken) {
            throw new IOException("The journal could not be written: it has to be synced first");
        }
        Block block = new Block(new Frame(length, first, records, Frame.crc(payload, length)), payload);
        if (!holdings.hasRoomAtAll(SegmentHeader.BYTES + block.frame.bytes())) {
            throw new IllegalArgumentException("%d bytes: the whole journal may not be larger".formatted(length));
        }
        write(block);
        unsynced.add(block);
        taken = block.frame.end();
    }

    private void write(Block block) throws IOException {
        Frame frame = block.frame;
        if (open != null && isFull(open, frame)) {
            finish(open);
        }
        makeRoom(frame.bytes() + (open == null ? SegmentHeader.BYTES : 0L));
        if (open == null) {
            open = begin(frame.first());
        }
        Open to = open;
        if (buffer.capacity() < frame.bytes()) {
            buffer = ByteBuffer.allocateDirect(frame.bytes());
        }
        frame.encode(runName.run(), buffer.clear());
        buffer.put(block.payload, 0, frame.length()).flip();
        to.size = Math.max(to.size, to.limit + frame.bytes());
        try {
            to.file.write(buffer, to.limit);
        } catch (IOException e) {
            cut(to, e);
            throw e;
        }
        to.limit += frame.bytes();
        written = frame.end();
        holdings.resize(to.segment, written, to.limit, to.size);
    }

    /** Blocks of a segment are without a gap, so that what is missing between two of them is known to be lost. */
    private boolean isFull(Open open, Frame frame) {
        return frame.first() != written || open.limit + frame.bytes() > segmentBytes;
    }

    /** Takes away the part of a block that was written before the disk was full. */
    private void cut(Open open, IOException cause) {
        if (open.limit == SegmentHeader.BYTES) {
            giveUp(open, cause);
            return;
        }
        try {
            open.file.truncate(open.limit);
            open.size = open.limit;
        } catch (IOException e) {
            cause.addSuppressed(e);
            abandon(open, cause);
        }
    }

    /** Leaves nothing of a segment in which no block is safe. */
    private void giveUp(Open open, IOException cause) {
        this.open = null;
        close(open.file, cause);
        remove(open.segment, cause);
    }

    private void makeRoom(long bytes) throws IOException {
        segmentFiles.sweep();
        while (!holdings.hasRoom(bytes)) {
            if (!holdings.dropOldest()) {
                throw new IOException("The journal is full, and all of it is being committed");
            }
            segmentFiles.sweep();
        }
    }

    private Open begin(long first) throws IOException {
        lastNumber++;
        SegmentName name = new SegmentName(runName.opening(), runName.run(), lastNumber);
        Segment segment = new Segment(name, first, first, SegmentHeader.BYTES, false);
        JournalFile file = files.create(name.file());
        holdings.add(segment);
        try {
            file.write(new SegmentHeader(name, openedAt, first, written).encode(), 0);
            files.syncDirectory();
        } catch (IOException e) {
            close(file, e);
            remove(segment, e);
            throw e;
        }
        return new Open(segment, file, written);
    }

    private void finish(Open open) throws IOException {
        force(open);
        this.open = null;
        holdings.complete(open.segment);
        open.file.close();
    }

    private void force(Open open) throws IOException {
        try {
            open.file.force();
        } catch (IOException e) {
            abandon(open, e);
            throw e;
        }
        open.syncedLimit = open.limit;
        open.syncedEnd = written;
        while (!unsynced.isEmpty() && unsynced.element().frame.end() <= written) {
            unsynced.remove();
        }
        synced = written;
    }

    /** Keeps of a segment only what was forced. The rest has to be written again. */
    private void abandon(Open open, IOException cause) {
        broken = true;
        written = open.syncedEnd;
        if (open.syncedLimit == SegmentHeader.BYTES) {
            giveUp(open, cause);
            return;
        }
        this.open = null;
        try {
            open.file.truncate(open.syncedLimit);
            open.size = open.syncedLimit;
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        close(open.file, cause);
        holdings.resize(open.segment, open.syncedEnd, open.syncedLimit, open.size);
        holdings.complete(open.segment);
    }

    private void remove(Segment segment, IOException cause) {
        holdings.remove(segment);
        try {
            segmentFiles.sweep();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private static void close(JournalFile file, IOException cause) {
        try {
            file.close();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    void sync() throws IOException {
        if (broken) {
            writeAgain();
        }
        if (open != null && !unsynced.isEmpty()) {
            force(open);
        }
        broken = false;
    }

    private void writeAgain() throws IOException {
        try {
            for (Block block : List.copyOf(unsynced)) {
                write(block);
            }
        } catch (IOException e) {
            if (open != null) {
                abandon(open, e);
            }
            throw e;
        }
    }

    void close() throws IOException {
        try {
            sync();
        } finally {
            if (open != null) {
                open.file.close();
            }
        }
    }
}
