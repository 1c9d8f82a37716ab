package org.ergograph.history.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Finds the sound blocks of a segment, past what is damaged. For one thread. */
final class FrameScanner {
    private static final int CHUNK = 64 << 10;

    private final JournalFile file;
    private final long run;
    private final ByteBuffer header = ByteBuffer.allocate(Frame.BYTES);

    /** A sound block, and where in the file it ends. */
    // A carrier, never compared.
    @SuppressWarnings("ArrayRecordComponent")
    record Found(Frame frame, byte[] payload, long endOffset) {}

    FrameScanner(JournalFile file, long run) {
        this.file = file;
        this.run = run;
    }

    /**
     * The next sound block that is not wholly before {@code from}.
     *
     * @param offset where to begin, in bytes
     * @param limit the offset at which blocks end
     * @param from a sequence number
     * @return null if there is none
     */
    @Nullable
    Found next(long offset, long limit, long from) throws IOException {
        long at = offset;
        while (at + Frame.BYTES <= limit) {
            Frame frame = frame(at, limit);
            if (frame != null && frame.end() <= from) {
                at += frame.bytes();
                continue;
            }
            byte[] payload = frame == null ? null : payload(frame, at);
            if (frame != null && payload != null) {
                return new Found(frame, payload, at + frame.bytes());
            }
            at = magicAfter(at + 1, limit);
        }
        return null;
    }

    private @Nullable Frame frame(long at, long limit) throws IOException {
        file.read(header.clear(), at);
        Frame frame = Frame.decode(run, header.flip());
        return frame == null || at + frame.bytes() > limit ? null : frame;
    }

    private byte @Nullable [] payload(Frame frame, long at) throws IOException {
        byte[] payload = new byte[frame.length()];
        ByteBuffer into = ByteBuffer.wrap(payload);
        file.read(into, at + Frame.BYTES);
        return into.hasRemaining() || Frame.crc(payload, payload.length) != frame.payloadCrc() ? null : payload;
    }

    /** The offset of the next magic number, or the limit. */
    private long magicAfter(long from, long limit) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        long at = from;
        while (at + Frame.BYTES <= limit) {
            file.read(chunk.clear().limit((int) Math.min(CHUNK, limit - at)), at);
            chunk.flip();
            for (int i = 0; i + Integer.BYTES <= chunk.limit(); i++) {
                if (chunk.getInt(i) == Frame.MAGIC) {
                    return at + i;
                }
            }
            if (chunk.limit() < Integer.BYTES) {
                return limit;
            }
            at += chunk.limit() - (Integer.BYTES - 1);
        }
        return limit;
    }
}
