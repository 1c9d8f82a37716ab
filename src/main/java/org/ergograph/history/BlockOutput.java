package org.ergograph.history;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow: numbers in as few bytes as they need, texts in UTF-8. Not thread-safe. */
final class BlockOutput {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int LONGEST_NUMBER = 10;

    private byte[] bytes;
    private int size;

    BlockOutput(int capacity) {
        this.bytes = new byte[capacity];
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }

    void put(int value) {
        room(1);
        bytes[size++] = (byte) value;
    }

    /** Seven bits a byte, the lowest first; small numbers are short. Negative ones take {@value #LONGEST_NUMBER} bytes. */
    void number(long value) {
        room(LONGEST_NUMBER);
        byte[] to = bytes;
        int at = size;
        long left = value;
        while ((left & ~0x7fL) != 0) {
            to[at++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        to[at++] = (byte) left;
        size = at;
    }

    /** A number that may as well be negative: those near zero are short. */
    void signed(long value) {
        number((value << 1) ^ (value >> 63));
    }

    /** Eight bytes. */
    void fixed(long value) {
        room(Long.BYTES);
        LONG.set(bytes, size, value);
        size += Long.BYTES;
    }

    void text(String text) {
        bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The length, then the bytes. */
    void bytes(byte[] content) {
        number(content.length);
        room(content.length);
        System.arraycopy(content, 0, bytes, size, content.length);
        size += content.length;
    }

    /** Puts in everything that the other has. */
    void append(BlockOutput other) {
        room(other.size);
        System.arraycopy(other.bytes, 0, bytes, size, other.size);
        size += other.size;
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, size);
    }
}
