package org.ergograph.history;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.ergograph.history.journal.Journal;
import org.ergograph.history.journal.JournalFiles;
import org.ergograph.history.journal.JournalSettings;
import org.ergograph.history.journal.JournalState;
import org.ergograph.observation.NodeIdentity;
import org.ergograph.observation.Periodic;
import org.ergograph.observation.Sample;
import org.ergograph.observation.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * Brings what waits in the queue into the journal, and makes that safe on disk twice in the time within which it has to be;
 * hands it over to the committer besides. While the journal cannot be written, records are handed over all the same, as many
 * as there is memory for, and go into the journal once it works again unless they are committed by then. Thread-safe.
 */
@Singleton
class JournalFeed implements Periodic {
    private static final System.Logger LOG = System.getLogger(JournalFeed.class.getName());
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofMillis(100);
    /** Blocks in memory that wait for the committer: some seconds at the greatest rate. */
    private static final long RECENT_BYTES = 32L << 20;

    private final HistorySink sink;
    private final AuditCounts counts;
    private final TimeSource time;
    private final JournalFiles files;
    private final JournalSettings journalSettings;
    private final Duration interval;
    private final long syncNanos;
    private final BlockWriter writer;
    private final OmissionNotes omissions;
    private final RecentBlocks recent;
    private final long run = Journal.newRun();
    private final ReentrantLock feeding = new ReentrantLock();
    private volatile @Nullable Journal journal;
    private volatile @Nullable String failure;
    private volatile boolean closed;
    private boolean failing = true;
    private long end;
    private long retryNanos;
    private long syncedNanos;
    private long adaptedNanos;
    private long rowsSinceAdapted;

    @Inject
    JournalFeed(HistorySettings settings, HistorySink sink, AuditCounts counts, NodeIdentity node, TimeSource time) {
        this(settings, sink, counts, node, time, JournalFiles.in(settings.journal()));
    }

    JournalFeed(
            HistorySettings settings,
            HistorySink sink,
            AuditCounts counts,
            NodeIdentity node,
            TimeSource time,
            JournalFiles files) {
        this.sink = sink;
        this.counts = counts;
        this.time = time;
        this.files = files;
        this.journalSettings = JournalSettings.of(settings.journalMaxBytes());
        this.recent = new RecentBlocks(Math.min(RECENT_BYTES, settings.journalMaxBytes() / 2));
        Duration quarter = settings.durability().dividedBy(4);
        Duration longest = quarter.compareTo(LONGEST) < 0 ? quarter : LONGEST;
        this.interval = longest.compareTo(SHORTEST) < 0 ? SHORTEST : longest;
        this.syncNanos =
                Math.max(0, settings.durability().dividedBy(2).minus(interval).toNanos());
        this.writer = new BlockWriter(node.name());
        this.omissions = new OmissionNotes(counts);
        this.retryNanos = time.nanoTime();
        this.syncedNanos = time.nanoTime() - syncNanos;
        this.adaptedNanos = time.nanoTime();
    }

    @Override
    public Duration interval() {
        return interval;
    }

    @Override
    public void run() {
        if (!closed && feeding.tryLock()) {
            try {
                feed();
            } finally {
                feeding.unlock();
            }
        }
    }

    private void feed() {
        if (failing && time.nanoTime() - retryNanos >= 0) {
            repair();
        }
        boolean more = true;
        while (more && hasRoom()) {
            more = fill();
            boolean due = time.nanoTime() - syncedNanos >= syncNanos;
            if (due) {
                note();
            }
            handOver();
            if (due) {
                sync();
            }
        }
    }

    private boolean hasRoom() {
        return !failing || recent.hasRoom();
    }

    /** Takes what waits, up to a full block; answers whether it is full. */
    private boolean fill() {
        ObservationRing ring = sink.ring();
        while (!writer.isFull()) {
            if (!ring.poll(writer)) {
                return false;
            }
        }
        return true;
    }

    /** Puts in what has no row. */
    private void note() {
        long reading = time.nanoTime();
        if (reading - adaptedNanos >= SECOND_NANOS) {
            sink.sampling().adapt(rowsSinceAdapted, reading - adaptedNanos);
            adaptedNanos = reading;
            rowsSinceAdapted = 0;
        }
        long second = Math.floorDiv(time.epochNanos(reading), SECOND_NANOS);
        sink.tallies().take((series, distribution) -> {
            writer.tally(series, second, distribution);
            handOverIfFull();
        });
        for (Sample sample : sink.takeSamples()) {
            writer.sample(sample);
            handOverIfFull();
        }
        Journal open = journal;
        omissions.put(writer, Math.floorDiv(second, 60), open == null ? null : open.state());
    }

    private void handOverIfFull() {
        if (writer.isFull()) {
            handOver();
        }
    }

    private void handOver() {
        if (writer.count() == 0) {
            return;
        }
        int records = writer.count();
        int rows = writer.rows();
        rowsSinceAdapted += rows;
        long oldest = writer.oldestEndEpochNanos();
        byte[] payload = writer.finish();
        Journal open = journal;
        if (open != null && !failing) {
            try {
                long first = open.append(payload, payload.length, records);
                end = first + records;
                if (!recent.offer(new AuditBlock(run, first, records, rows, payload, oldest))) {
                    counts.spilled.add(rows);
                }
                return;
            } catch (IOException e) {
                syncBefore(open, e);
                failed(e);
            }
        }
        long first = open == null ? end : open.skip(records);
        end = first + records;
        recent.addUnstored(new AuditBlock(run, first, records, rows, payload, oldest));
    }

    /** What was appended before this failure need not wait for the repair. */
    private static void syncBefore(Journal open, IOException failure) {
        try {
            open.sync();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private void sync() {
        syncedNanos = time.nanoTime();
        Journal open = journal;
        if (open != null && !failing) {
            try {
                open.sync();
            } catch (IOException e) {
                failed(e);
            }
        }
    }

    /** Makes the journal work again, if that can be, and puts into it what it has missed. */
    private void repair() {
        try {
            Journal open = journal;
            AuditBlock missed = recent.oldestUnstored();
            if (open == null) {
                open = Journal.open(files, journalSettings, run, missed == null ? end : missed.first());
                if (open.end() < end) {
                    open.skip(Math.toIntExact(end - open.end()));
                }
                journal = open;
            } else {
                open.sync();
            }
            while (missed != null) {
                open.appendAt(missed.first(), missed.payload(), missed.payload().length, missed.records());
                recent.stored(missed);
                missed = recent.oldestUnstored();
            }
            open.sync();
            failing = false;
            if (failure != null) {
                LOG.log(System.Logger.Level.INFO, "audit: the journal can be written again");
                failure = null;
            }
        } catch (IOException e) {
            failed(e);
        }
    }

    private void failed(IOException reason) {
        if (failure == null) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "audit: the journal cannot be written; records are not safe until they are in the database; it is"
                            + " tried again: " + reason);
        }
        failing = true;
        failure = reason.getClass().getSimpleName();
        retryNanos = time.nanoTime() + SECOND_NANOS;
    }

    /** The blocks on their way to the committer. */
    RecentBlocks recent() {
        return recent;
    }

    /** This run's id. */
    long runId() {
        return run;
    }

    /** The journal; null until it could be opened. */
    @Nullable
    Journal journal() {
        return journal;
    }

    /** Sizes and counts of the journal; zeros until it could be opened. */
    JournalState journalState() {
        Journal open = journal;
        return open == null ? new JournalState(0, journalSettings.maxBytes(), 0, 0, 0, 0) : open.state();
    }

    /** Why the journal cannot be written; null if it can, or if that was not tried yet. */
    @Nullable
    String failure() {
        return failure;
    }

    /** Brings everything that waits into the journal, and makes it safe on disk. */
    void finish() {
        feeding.lock();
        try {
            if (!closed) {
                syncedNanos = time.nanoTime() - syncNanos;
                retryNanos = time.nanoTime();
                feed();
            }
        } finally {
            feeding.unlock();
        }
    }

    @Override
    public void stop() {
        finish();
    }

    /** Ends it after a last {@link #finish}; answers how many rows are neither in the journal nor in the database. */
    long close() {
        finish();
        feeding.lock();
        try {
            long lost = sink.ring().size() + recent.unstoredRows();
            Journal open = journal;
            if (!closed && open != null) {
                open.close();
            }
            closed = true;
            return lost;
        } catch (IOException e) {
            closed = true;
            LOG.log(System.Logger.Level.ERROR, "audit: the journal could not be closed", e);
            return sink.ring().size() + recent.unstoredRows();
        } finally {
            feeding.unlock();
        }
    }
}
