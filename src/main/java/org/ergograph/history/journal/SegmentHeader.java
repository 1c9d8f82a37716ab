package org.ergograph.history.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The first {@value #BYTES} bytes of a segment.
 *
 * @param name also the file's name
 * @param openedAt when the run was opened, in milliseconds
 * @param first the sequence number of the first record in the segment
 * @param previousEnd the sequence number after the last record of the segments before it: less than {@code first} if
 *     numbers between them were never appended
 */
record SegmentHeader(SegmentName name, Instant openedAt, long first, long previousEnd) {
    static final int BYTES = 64;
    static final int VERSION = 1;

    private static final long MAGIC = 0x4552_474F_4A52_4E4CL;
    private static final int FORMAT_CRC = 12;
    private static final int RUN = 16;
    private static final int HEADER_CRC = 60;

    ByteBuffer encode() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        bytes.putLong(MAGIC).putInt(VERSION);
        bytes.putInt(crc(bytes, 0, FORMAT_CRC));
        bytes.putLong(name.run()).putInt(name.opening()).putInt(name.number());
        bytes.putLong(first).putLong(previousEnd).putLong(openedAt.toEpochMilli());
        bytes.putInt(0).putInt(crc(bytes, RUN, HEADER_CRC));
        return bytes.flip();
    }

    /**
     * Reads the header of a segment.
     *
     * @return null if it is damaged, or not all there
     * @throws IOException if the segment is of another version, or could not be read
     */
    static @Nullable SegmentHeader read(JournalFile file, SegmentName name) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        file.read(bytes, 0);
        if (bytes.hasRemaining()
                || bytes.getLong(0) != MAGIC
                || bytes.getInt(FORMAT_CRC) != crc(bytes, 0, FORMAT_CRC)) {
            return null;
        }
        int version = bytes.getInt(Long.BYTES);
        if (version != VERSION) {
            throw new IOException(
                    "%s has format version %d, this program reads %d: start the version that wrote it, or move the file away"
                            .formatted(name.file(), version, VERSION));
        }
        bytes.position(RUN);
        long run = bytes.getLong();
        int opening = bytes.getInt();
        SegmentName inside = new SegmentName(opening, run, bytes.getInt());
        if (bytes.getInt(HEADER_CRC) != crc(bytes, RUN, HEADER_CRC) || !inside.equals(name)) {
            return null;
        }
        long first = bytes.getLong();
        long previousEnd = bytes.getLong();
        return new SegmentHeader(name, Instant.ofEpochMilli(bytes.getLong()), first, previousEnd);
    }

    private static int crc(ByteBuffer bytes, int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(from, to - from));
        return (int) crc.getValue();
    }
}
