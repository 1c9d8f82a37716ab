package org.ergograph.history.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file of the journal. For one thread; the same file may be open more than once. */
public interface JournalFile extends Closeable {
    /**
     * Writes all that remains in {@code bytes}.
     *
     * @param position offset in the file, in bytes
     * @throws IOException if not all of it could be written: then any part of it may have been
     */
    void write(ByteBuffer bytes, long position) throws IOException;

    /**
     * Fills {@code bytes}, or reads as far as the file goes.
     *
     * @param position offset in the file, in bytes
     */
    void read(ByteBuffer bytes, long position) throws IOException;

    /** The file's length in bytes. */
    long size() throws IOException;

    /** Cuts the file to {@code size} bytes; does nothing if it is shorter. */
    void truncate(long size) throws IOException;

    /** Returns when everything written is on the storage device. After an exception nothing is known of what was not. */
    void force() throws IOException;
}
