package org.ergograph.history.journal;

import java.io.Closeable;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/**
 * A bounded, append-only journal of blocks on disk, which survives the process and the machine.
 *
 * <p>Each opening is a run with an id of its own. The records of a run have sequence numbers from 0; a block takes as
 * many as it has records. Blocks are read in order and released when their records are safe elsewhere. Numbers are
 * never used twice, but some may be missing: see {@link #skip}.
 *
 * <p>Threads: {@link #append}, {@link #appendAt}, {@link #skip}, {@link #sync} and {@link #close} are for one thread,
 * the writer. {@link #read}, {@link #pin}, {@link #release} and readers are for another, the committer. The rest is for
 * any. Neither waits for the other's files.
 *
 * <p>After an {@code IOException}:
 *
 * <ul>
 *   <li>{@link #append} has taken nothing. The caller keeps the block, takes numbers for it by {@link #skip}, and either
 *       commits it from memory or tries again later by {@link #appendAt}. What was appended before is not affected: go
 *       on calling {@link #sync}.
 *   <li>{@link #sync} has not failed for good: the journal keeps what was appended and not synced, and writes it again,
 *       to another file, at the next {@link #sync}. Until one succeeds, {@link #append} is refused, so that what is kept
 *       does not grow. Only what is below {@link #synced} survives a crash.
 * </ul>
 *
 * Each attempt costs several file operations: make one a second, not one a block.
 */
public final class Journal implements AutoCloseable {
    private final JournalFiles files;
    private final Closeable lock;
    private final long run;
    private final Holdings holdings;
    private final SegmentFiles segmentFiles;
    private final JournalWriter writer;

    private Journal(
            JournalFiles files,
            Closeable lock,
            long run,
            Holdings holdings,
            SegmentFiles segmentFiles,
            JournalWriter writer) {
        this.files = files;
        this.lock = lock;
        this.run = run;
        this.holdings = holdings;
        this.segmentFiles = segmentFiles;
        this.writer = writer;
    }

    /**
     * Opens the directory for the caller alone, finds the runs before, and begins one.
     *
     * @throws IOException if it is in use, cannot be used, or has files of another format version, which are left as
     *     they are
     */
    public static Journal open(JournalFiles files, JournalSettings settings) throws IOException {
        return open(files, settings, newRun(), 0);
    }

    /**
     * Opens the directory and goes on with a run that was begun in memory while the directory could not be opened.
     *
     * @param run from {@link #newRun}
     * @param first the sequence number of the first record that may be appended
     * @throws IOException as for {@link #open(JournalFiles, JournalSettings)}
     */
    public static Journal open(JournalFiles files, JournalSettings settings, long run, long first) throws IOException {
        return open(files, settings, run, first, InstantSource.system());
    }

    static Journal open(JournalFiles files, JournalSettings settings, long run, long first, InstantSource clock)
            throws IOException {
        Closeable lock = files.lock();
        try {
            List<SegmentName> names = EarlierRuns.names(files);
            int opening = names.isEmpty() ? 1 : names.get(names.size() - 1).opening() + 1;
            Run current = new Run(run, clock.instant(), true);
            Holdings holdings = new Holdings(settings.maxBytes(), EarlierRuns.find(files, names), current);
            SegmentFiles segmentFiles = new SegmentFiles(files, holdings);
            JournalWriter writer = new JournalWriter(
                    files,
                    holdings,
                    segmentFiles,
                    settings.segmentBytes(),
                    new SegmentName(opening, run, 0),
                    current.openedAt,
                    first);
            return new Journal(files, lock, run, holdings, segmentFiles, writer);
        } catch (IOException | RuntimeException e) {
            try (lock) {
                throw e;
            }
        }
    }

    /** A random id for a run: positive, 63 bits. */
    public static long newRun() {
        return Math.max(1, new SecureRandom().nextLong() & Long.MAX_VALUE);
    }

    /** The id of the current run. */
    public long run() {
        return run;
    }

    /** The sequence number that the next record gets. */
    public long end() {
        return writer.end();
    }

    /**
     * Appends a block; it is on disk only after {@link #sync}.
     *
     * @param block not to be changed until the next {@link #sync} has succeeded
     * @param length how much of it counts, 1 byte to 16 MiB, and less than the journal may hold
     * @param records how many records are in it, at least 1
     * @return the sequence number of the first record
     * @throws IOException if it was not appended; it has taken no numbers
     */
    public long append(byte[] block, int length, int records) throws IOException {
        return writer.append(block, length, records);
    }

    /**
     * Takes sequence numbers without appending, for a block that could not be appended.
     *
     * @param records how many, at least 1
     * @return the first of them
     */
    public long skip(int records) {
        return writer.skip(records);
    }

    /**
     * Appends a block at numbers that were skipped. Only in order: once a later block is appended, it is too late.
     *
     * @throws IllegalArgumentException if not all of the numbers were skipped, or a later block is in the journal
     * @throws IOException if it was not appended
     */
    public void appendAt(long first, byte[] block, int length, int records) throws IOException {
        writer.appendAt(first, block, length, records);
    }

    /**
     * Returns when everything that was appended is on disk; at once if it is already.
     *
     * @throws IOException if it is not known to be
     */
    public void sync() throws IOException {
        writer.sync();
    }

    /** Everything that was appended below this sequence number is on disk. */
    public long synced() {
        return writer.synced();
    }

    /** The runs that have records which are not released, oldest first; the current run, always there, is the last. */
    public List<JournalRun> runs() {
        return holdings.runs();
    }

    /**
     * Reads a run, including what is not synced yet.
     *
     * @param run the id of one of {@link #runs}; any other has no blocks
     * @param from a sequence number: blocks that end at or before it are passed over
     */
    public JournalReader read(long run, long from) {
        return new JournalReader(files, holdings, run, from);
    }

    /**
     * Says that the committer holds blocks that it did not get from a reader, so that they are not dropped, and not
     * counted as dropped, while it commits them. They stay pinned until they are released.
     *
     * @return false if any of them were dropped: they are counted, and so must not be committed
     */
    public boolean pin(long run, long first, long before) {
        return holdings.pin(run, first, before);
    }

    /**
     * Says that all records of a run below a sequence number are safe elsewhere; files that hold nothing else go.
     *
     * @throws IOException if a file could not be deleted, which is tried again; the release stands
     */
    public void release(long run, long before) throws IOException {
        holdings.release(run, before);
        segmentFiles.sweep();
    }

    /** Sizes and counts. */
    public JournalState state() {
        return holdings.state();
    }

    /**
     * Syncs, and gives the directory back. If everything was released, no file of the run is left.
     *
     * @throws IOException if the last blocks may not be on disk, or files could not be deleted; it is closed
     */
    @Override
    public void close() throws IOException {
        try (lock) {
            writer.close();
            holdings.close();
            segmentFiles.sweep();
        }
    }
}
