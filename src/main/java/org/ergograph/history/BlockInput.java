package org.ergograph.history;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what {@link BlockOutput} wrote. Not thread-safe. */
final class BlockInput {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private int at;

    BlockInput(byte[] bytes) {
        this.bytes = bytes;
    }

    int position() {
        return at;
    }

    void position(int position) {
        at = position;
    }

    int left() {
        return bytes.length - at;
    }

    /** The next byte, 0 to 255. */
    int next() throws BlockException {
        if (at >= bytes.length) {
            throw new BlockException("ends too early");
        }
        return bytes[at++] & 0xff;
    }

    long number() throws BlockException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = next();
            value |= (next & 0x7fL) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new BlockException("a number of more than 64 bits");
    }

    long signed() throws BlockException {
        long value = number();
        return (value >>> 1) ^ -(value & 1);
    }

    /**
     * A number that counts or points into something.
     *
     * @param limit exclusive
     */
    int index(int limit) throws BlockException {
        long value = number();
        if (value < 0 || value >= limit) {
            throw new BlockException(value + " where there are " + limit);
        }
        return (int) value;
    }

    /** How many things follow, each of which takes one byte at least. */
    int count() throws BlockException {
        long value = number();
        if (value < 0 || value > left()) {
            throw new BlockException(value + " things in " + left() + " bytes");
        }
        return (int) value;
    }

    long fixed() throws BlockException {
        if (left() < Long.BYTES) {
            throw new BlockException("ends too early");
        }
        long value = (long) LONG.get(bytes, at);
        at += Long.BYTES;
        return value;
    }

    /** As many bytes as the number before them says. */
    byte[] bytes() throws BlockException {
        int length = count();
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    String text() throws BlockException {
        int length = count();
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }
}
