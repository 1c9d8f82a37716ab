package org.ergograph.history;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.ergograph.history.journal.JournalFile;
import org.ergograph.history.journal.JournalFiles;

/** The files of a journal on a disk that can be full, and that can be away. */
final class BrokenFiles implements JournalFiles {
    private final JournalFiles real;
    private volatile boolean full;
    private int forces;

    BrokenFiles(JournalFiles real) {
        this.real = real;
    }

    /** Whether nothing more can be written. */
    void full(boolean isFull) {
        full = isFull;
    }

    /** How often a file was forced. */
    int forces() {
        return forces;
    }

    private void check() throws IOException {
        if (full) {
            throw new IOException("No space left on device");
        }
    }

    @Override
    public Closeable lock() throws IOException {
        check();
        return real.lock();
    }

    @Override
    public List<String> list() throws IOException {
        return real.list();
    }

    @Override
    public JournalFile create(String name) throws IOException {
        check();
        return guarded(real.create(name));
    }

    @Override
    public JournalFile open(String name) throws IOException {
        return guarded(real.open(name));
    }

    @Override
    public void delete(String name) throws IOException {
        real.delete(name);
    }

    @Override
    public void syncDirectory() throws IOException {
        check();
        real.syncDirectory();
    }

    private JournalFile guarded(JournalFile file) {
        return new JournalFile() {
            @Override
            public void write(ByteBuffer bytes, long position) throws IOException {
                check();
                file.write(bytes, position);
            }

            @Override
            public void read(ByteBuffer bytes, long position) throws IOException {
                file.read(bytes, position);
            }

            @Override
            public long size() throws IOException {
                return file.size();
            }

            @Override
            public void truncate(long size) throws IOException {
                file.truncate(size);
            }

            @Override
            public void force() throws IOException {
                // A full disk still takes what has its place.
                file.force();
                forces++;
            }

            @Override
            public void close() throws IOException {
                file.close();
            }
        };
    }
}
