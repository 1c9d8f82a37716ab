package org.ergograph.history.journal;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** The files in a directory of the file system. */
final class DirectoryFiles implements JournalFiles {
    private static final String LOCK = "lock";

    private final Path directory;

    DirectoryFiles(Path directory) {
        this.directory = directory.toAbsolutePath();
    }

    @Override
    public Closeable lock() throws IOException {
        make(directory);
        // Closing any channel of a file gives up all locks that the process has on it, so a second deployment in the
        // same server has to be turned away before it opens the file; it shares nothing with the first but the JDK.
        String mark = "org.ergograph.journal.lock:" + directory.toRealPath();
        if (System.getProperties().putIfAbsent(mark, "held") != null) {
            throw new IOException(directory + " is in use by another deployment in this server");
        }
        try {
            FileChannel channel = lockedChannel();
            return () -> {
                try (channel) {
                    System.getProperties().remove(mark);
                }
            };
        } catch (IOException e) {
            System.getProperties().remove(mark);
            throw e;
        }
    }

    private static void make(Path directory) throws IOException {
        Path parent = directory.getParent();
        if (parent != null && !Files.isDirectory(directory)) {
            make(parent);
            Files.createDirectories(directory);
            sync(parent);
        }
    }

    private FileChannel lockedChannel() throws IOException {
        FileChannel channel =
                FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                throw new IOException(directory + " is in use by another process");
            }
            return channel;
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new IOException(directory + " is in use by another deployment in this server", e);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public List<String> list() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }

    @Override
    public JournalFile create(String name) throws IOException {
        return new ChannelFile(FileChannel.open(
                directory.resolve(name),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE,
                StandardOpenOption.READ));
    }

    @Override
    public JournalFile open(String name) throws IOException {
        return new ChannelFile(FileChannel.open(directory.resolve(name), StandardOpenOption.READ));
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(directory.resolve(name));
    }

    @Override
    public void syncDirectory() throws IOException {
        sync(directory);
    }

    private static void sync(Path directory) throws IOException {
        if (File.separatorChar == '\\') {
            // Windows opens no directory, and writes names by itself.
            return;
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public String toString() {
        return directory.toString();
    }

    private record ChannelFile(FileChannel channel) implements JournalFile {
        @Override
        public void write(ByteBuffer bytes, long position) throws IOException {
            long at = position;
            while (bytes.hasRemaining()) {
                at += channel.write(bytes, at);
            }
        }

        @Override
        public void read(ByteBuffer bytes, long position) throws IOException {
            long at = position;
            while (bytes.hasRemaining()) {
                int read = channel.read(bytes, at);
                if (read < 0) {
                    return;
                }
                at += read;
            }
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void truncate(long size) throws IOException {
            channel.truncate(size);
        }

        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
