package org.ergograph.history.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What stands before each block: {@value #BYTES} bytes that say what it is, with a checksum of their own.
 *
 * @param length bytes of the block, without these
 * @param first the sequence number of its first record
 * @param records how many records it has
 * @param payloadCrc the checksum of the block
 */
record Frame(int length, long first, int records, int payloadCrc) {
    static final int BYTES = 28;
    static final int MAGIC = 0x4542_4C4B;

    /** A block may not be larger, so that no damage makes a reader ask for more memory. */
    static final int MAX_LENGTH = 16 << 20;

    private static final int CRC = 24;

    /** The sequence number after its last record. */
    long end() {
        return first + records;
    }

    /** What it takes in the file. */
    int bytes() {
        return BYTES + length;
    }

    void encode(long run, ByteBuffer into) {
        int start = into.position();
        into.putInt(MAGIC).putInt(length).putLong(first).putInt(records).putInt(payloadCrc);
        into.putInt(headerCrc(run, into.slice(start, CRC)));
    }

    /** Null if there is no sound frame of that run at the position of {@code from}. */
    static @Nullable Frame decode(long run, ByteBuffer from) {
        int start = from.position();
        if (from.remaining() < BYTES
                || from.getInt(start) != MAGIC
                || from.getInt(start + CRC) != headerCrc(run, from.slice(start, CRC))) {
            return null;
        }
        Frame frame = new Frame(
                from.getInt(start + 4), from.getLong(start + 8), from.getInt(start + 16), from.getInt(start + 20));
        return frame.length < 1 || frame.length > MAX_LENGTH || frame.records < 1 || frame.first < 0 ? null : frame;
    }

    // With the run's id, which is random: what looks like a frame inside of a block, whoever put it there, is none.
    private static int headerCrc(long run, ByteBuffer header) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Long.BYTES).putLong(run).flip());
        crc.update(header);
        return (int) crc.getValue();
    }

    static int crc(byte[] payload, int length) {
        CRC32C crc = new CRC32C();
        crc.update(payload, 0, length);
        return (int) crc.getValue();
    }
}
