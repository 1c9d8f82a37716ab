package org.ergograph.history.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Files in memory that forget what was not forced when they crash, as a machine without power does, sector by sector;
 * and that fail when they are told to. After a failed force, what was not written is taken for written, as Linux does.
 */
final class FaultyFiles implements JournalFiles {
    private static final int SECTOR = 512;

    /** Bytes that files may still grow by. */
    long space = Long.MAX_VALUE;

    /** How many of the next calls fail. */
    int failingForces;

    int failingTruncates;
    int failingDirectorySyncs;
    int failingDeletes;
    int failingReads;

    /** How many calls are made before the power fails; none if negative. */
    int callsLeft = -1;

    /** How often the directory could not be changed for good. */
    int directoryFailures;

    private final Random random;
    private Map<String, Inode> entries = new HashMap<>();
    private Map<String, Inode> safeEntries = new HashMap<>();
    private boolean locked;
    private int crashes;

    FaultyFiles(Random random) {
        this.random = random;
    }

    /** Power failed in the middle of a call. */
    static final class PowerFailure extends RuntimeException {}

    /** A file's content, as it is seen, and as it is on the device. */
    private static final class Inode {
        byte[] seen = new byte[0];
        byte[] safe = new byte[0];
        final Set<Integer> dirty = new HashSet<>();
    }

    /** Power fails: each sector, name and size that was not forced may be as before or as after. */
    void crash() {
        crashes++;
        callsLeft = -1;
        locked = false;
        boolean dropAll = random.nextInt(4) == 0;
        Map<String, Inode> found = new HashMap<>(safeEntries);
        Set<String> names = new HashSet<>(entries.keySet());
        names.addAll(safeEntries.keySet());
        for (String name : names) {
            if (!dropAll && entries.get(name) != safeEntries.get(name) && random.nextBoolean()) {
                put(found, name, entries.get(name));
            }
        }
        for (Inode file : new HashSet<>(found.values())) {
            writeBackSome(file, dropAll ? 0 : random.nextInt(101));
            file.seen = file.safe.clone();
        }
        entries = found;
        safeEntries = new HashMap<>(found);
    }

    private static void put(Map<String, Inode> into, String name, @Nullable Inode file) {
        if (file == null) {
            into.remove(name);
        } else {
            into.put(name, file);
        }
    }

    private void writeBackSome(Inode file, int percent) {
        if (random.nextInt(100) < percent) {
            int low = Math.min(file.safe.length, file.seen.length);
            int high = Math.max(file.safe.length, file.seen.length);
            file.safe = Arrays.copyOf(file.safe, low + random.nextInt(high - low + 1));
        }
        for (int sector : file.dirty) {
            if (random.nextInt(100) < percent) {
                writeBack(file, sector);
            }
        }
        file.dirty.clear();
    }

    private static void writeBack(Inode file, int sector) {
        int from = sector * SECTOR;
        int to = Math.min(Math.min(from + SECTOR, file.seen.length), file.safe.length);
        if (from < to) {
            System.arraycopy(file.seen, from, file.safe, from, to - from);
        }
    }

    /** Changes bytes of a file on the device. */
    void damage(String name, int from, int to) {
        Inode file = inode(name);
        for (int i = from; i < to; i++) {
            file.seen[i] ^= (byte) (1 + random.nextInt(255));
        }
        file.safe = file.seen.clone();
    }

    void cut(String name, int size) {
        Inode file = inode(name);
        file.seen = Arrays.copyOf(file.seen, size);
        file.safe = file.seen.clone();
    }

    /** All files together, without the lock. */
    long bytes() {
        return entries.values().stream().mapToLong(file -> file.seen.length).sum();
    }

    List<String> segments() {
        return entries.keySet().stream().sorted().toList();
    }

    long size(String name) {
        return inode(name).seen.length;
    }

    void replace(String name, byte[] content) {
        Inode file = entries.computeIfAbsent(name, none -> new Inode());
        file.seen = content.clone();
        file.safe = content.clone();
        safeEntries.put(name, file);
    }

    byte[] content(String name) {
        return inode(name).seen.clone();
    }

    private Inode inode(String name) {
        Inode file = entries.get(name);
        if (file == null) {
            throw new IllegalArgumentException(name);
        }
        return file;
    }

    @Override
    public Closeable lock() throws IOException {
        if (locked) {
            throw new IOException("in use");
        }
        locked = true;
        int crash = crashes;
        return () -> locked = locked && crash != crashes;
    }

    @Override
    public List<String> list() {
        return List.copyOf(entries.keySet());
    }

    @Override
    public JournalFile create(String name) throws IOException {
        call();
        if (space <= 0) {
            throw noSpace();
        }
        if (entries.containsKey(name)) {
            throw new FileAlreadyExistsException(name);
        }
        Inode file = new Inode();
        entries.put(name, file);
        return new Handle(file, true);
    }

    @Override
    public JournalFile open(String name) throws IOException {
        Inode file = entries.get(name);
        if (file == null) {
            throw new NoSuchFileException(name);
        }
        return new Handle(file, false);
    }

    @Override
    public void delete(String name) throws IOException {
        call();
        if (failingDeletes > 0) {
            failingDeletes--;
            directoryFailures++;
            throw new IOException("delete failed");
        }
        Inode file = entries.remove(name);
        if (file != null && space != Long.MAX_VALUE) {
            space += file.seen.length;
        }
    }

    @Override
    public void syncDirectory() throws IOException {
        call();
        if (failingDirectorySyncs > 0) {
            failingDirectorySyncs--;
            directoryFailures++;
            throw new IOException("directory sync failed");
        }
        safeEntries = new HashMap<>(entries);
    }

    private void call() {
        if (callsLeft == 0) {
            throw new PowerFailure();
        }
        callsLeft = Math.max(-1, callsLeft - 1);
    }

    private static IOException noSpace() {
        return new IOException("No space left on device");
    }

    private final class Handle implements JournalFile {
        private final Inode file;
        private final boolean writable;
        private final int openedAfter = crashes;
        private boolean closed;

        Handle(Inode file, boolean writable) {
            this.file = file;
            this.writable = writable;
        }

        private void check(boolean write) throws IOException {
            if (closed || openedAfter != crashes || (write && !writable)) {
                throw new IOException("closed, or read only");
            }
        }

        @Override
        public void write(ByteBuffer bytes, long position) throws IOException {
            check(true);
            call();
            int at = (int) position;
            int growth = Math.max(0, at + bytes.remaining() - file.seen.length);
            int fits = (int) Math.max(0, Math.min(growth, space));
            int length = bytes.remaining() - growth + fits;
            file.seen = Arrays.copyOf(file.seen, file.seen.length + fits);
            if (length > 0) {
                bytes.get(file.seen, at, length);
                for (int sector = at / SECTOR; sector <= (at + length - 1) / SECTOR; sector++) {
                    file.dirty.add(sector);
                }
            }
            if (space != Long.MAX_VALUE) {
                space -= fits;
            }
            if (fits < growth) {
                throw noSpace();
            }
        }

        @Override
        public void read(ByteBuffer bytes, long position) throws IOException {
            check(false);
            if (failingReads > 0) {
                failingReads--;
                closed = true;
                throw new IOException("read failed");
            }
            int length = (int) Math.min(bytes.remaining(), file.seen.length - position);
            if (length > 0) {
                bytes.put(file.seen, (int) position, length);
            }
        }

        @Override
        public long size() {
            return file.seen.length;
        }

        @Override
        public void truncate(long size) throws IOException {
            check(true);
            call();
            if (failingTruncates > 0) {
                failingTruncates--;
                throw new IOException("truncate failed");
            }
            if (size < file.seen.length) {
                if (space != Long.MAX_VALUE) {
                    space += file.seen.length - size;
                }
                file.seen = Arrays.copyOf(file.seen, (int) size);
            }
        }

        @Override
        public void force() throws IOException {
            check(true);
            call();
            if (failingForces > 0) {
                failingForces--;
                writeBackSome(file, random.nextInt(100));
                throw new IOException("force failed");
            }
            file.safe = Arrays.copyOf(file.safe, file.seen.length);
            file.dirty.forEach(sector -> writeBack(file, sector));
            file.dirty.clear();
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
