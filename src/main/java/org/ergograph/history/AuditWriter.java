package org.ergograph.history;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.ergograph.database.DatabaseState;
import org.ergograph.history.journal.JournalState;
import org.ergograph.history.rollup.PartStore;
import org.ergograph.observation.Meters;
import org.ergograph.observation.Metrics;
import org.ergograph.observation.NodeIdentity;
import org.ergograph.observation.Periodic;
import org.ergograph.observation.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * Brings the records of the journal into the database, in batches, one transaction each. What fails is tried again after a pause
 * that doubles up to {@value #MAX_PAUSE_SECONDS} s, while the journal grows. Thread-safe.
 */
@Singleton
public class AuditWriter implements Periodic {
    static final long MAX_PAUSE_SECONDS = 5;
    private static final System.Logger LOG = System.getLogger(AuditWriter.class.getName());

    private final HistorySettings settings;
    private final HistorySink sink;
    private final JournalFeed feed;
    private final AuditCounts counts;
    private final DatabaseState database;
    private final TimeSource time;
    private final Committer committer;
    private final AuditStore store;
    private final ReentrantLock writing = new ReentrantLock();
    private volatile boolean closed;
    private volatile @Nullable String failure;
    private int failures;
    private long notBeforeNanos;
    private long securedNanos;

    @Inject
    AuditWriter(
            HistorySettings settings,
            HistorySink sink,
            JournalFeed feed,
            AuditCounts counts,
            DatabaseState database,
            NodeIdentity node,
            TimeSource time,
            DataSource dataSource,
            PartStore parts,
            Instance<Meters> meters) {
        this(settings, sink, feed, counts, database, node, time, dataSource, parts, (Iterable<Meters>) meters);
    }

    AuditWriter(
            HistorySettings settings,
            HistorySink sink,
            JournalFeed feed,
            AuditCounts counts,
            DatabaseState database,
            NodeIdentity node,
            TimeSource time,
            DataSource dataSource,
            PartStore parts,
            Iterable<Meters> meters) {
        this.settings = settings;
        this.sink = sink;
        this.feed = feed;
        this.counts = counts;
        this.database = database;
        this.time = time;
        this.store = new AuditStore(dataSource, node.name(), parts, settings.batch(), settings.databaseTimeout());
        this.committer = new Committer(feed, store, counts, settings.batch());
        this.notBeforeNanos = time.nanoTime();
        this.securedNanos = time.nanoTime();
        meters.forEach(this::publish);
    }

    private void publish(Meters meters) {
        meters.counter(Metrics.AUDIT_RECORDS, counts.written::sum, "written");
        meters.counter(Metrics.AUDIT_RECORDS, counts.spilled::sum, "spilled");
        meters.counter(Metrics.AUDIT_RECORDS, counts.replayed::sum, "replayed");
        meters.counter(Metrics.AUDIT_RECORDS, counts.rejected::sum, "rejected");
        meters.counter(Metrics.AUDIT_RECORDS, counts.dropped::sum, "dropped");
        meters.counter(Metrics.AUDIT_RECORDS, counts.sampled::sum, "sampled");
        meters.gauge(Metrics.AUDIT_QUEUE_DEPTH, this::waiting);
        meters.gauge(Metrics.AUDIT_LAG, this::lagSeconds);
    }

    /** How the audit log stands now. */
    public AuditState state() {
        JournalState journal = feed.journalState();
        return new AuditState(
                waiting(),
                sink.ring().size(),
                sink.ring().capacity(),
                lagSeconds(),
                journal.bytes(),
                journal.maxBytes(),
                feed.failure(),
                failure,
                counts.written.sum(),
                counts.spilled.sum(),
                counts.replayed.sum(),
                counts.rejected.sum(),
                counts.dropped.sum(),
                counts.sampled.sum());
    }

    @Override
    public Duration interval() {
        return settings.interval();
    }

    @Override
    public void run() {
        if (writing.tryLock()) {
            try {
                drain(() -> true);
            } finally {
                writing.unlock();
            }
        }
    }

    /** Commits until nothing is left, until something fails, or until it may not go on. */
    private void drain(BooleanSupplier mayGoOn) {
        boolean more = true;
        while (more && !closed && database.ready() && mayGoOn.getAsBoolean() && time.nanoTime() - notBeforeNanos >= 0) {
            more = step();
        }
    }

    private boolean step() {
        try {
            boolean more = committer.step(time.now());
            if (!store.needsSync()
                    || time.nanoTime() - securedNanos >= settings.durability().toNanos()) {
                secure();
            }
            works();
            return more;
        } catch (SQLException | IOException | RuntimeException e) {
            failed(e);
            return false;
        }
    }

    private void secure() throws SQLException {
        if (committer.isUnsafe()) {
            committer.secure();
        }
        securedNanos = time.nanoTime();
    }

    private void works() {
        if (failure != null) {
            LOG.log(System.Logger.Level.INFO, "audit: the database takes rows again");
        }
        failures = 0;
        failure = null;
        notBeforeNanos = time.nanoTime();
    }

    private void failed(Exception reason) {
        if (failure == null) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "audit: the database takes no rows; they wait in the journal, and it is tried again: " + reason);
        }
        failure = reason.getClass().getSimpleName();
        long pauseNanos = Math.min(
                TimeUnit.SECONDS.toNanos(MAX_PAUSE_SECONDS), settings.interval().toNanos() << Math.min(failures, 10));
        failures++;
        notBeforeNanos = time.nanoTime() + pauseNanos;
    }

    private long waiting() {
        long live = feed.recent().backlog();
        long all = committer.hasEarlier() || !database.ready()
                ? Math.max(live, feed.journalState().backlog())
                : live;
        return sink.ring().size() + all;
    }

    private double lagSeconds() {
        long oldest = Math.min(committer.oldestEndEpochNanos(), feed.recent().oldestEndEpochNanos());
        long queued = sink.ring().oldestEndEpochNanos();
        if (queued >= 0) {
            oldest = Math.min(oldest, queued);
        }
        return oldest == Long.MAX_VALUE ? 0 : Math.max(0, time.epochNanos(time.nanoTime()) - oldest) / 1e9;
    }

    /**
     * Brings everything into the journal, and from there into the database as far as that is possible within the time for it;
     * the rest waits in the journal for the next start.
     */
    @Override
    public void stop() {
        long deadline = time.nanoTime() + settings.drainTimeout().toNanos();
        feed.finish();
        boolean mine = false;
        try {
            mine = writing.tryLock(settings.drainTimeout().toNanos(), TimeUnit.NANOSECONDS);
            boolean again = mine;
            while (again) {
                notBeforeNanos = time.nanoTime();
                drain(() -> time.nanoTime() - deadline < 0);
                again = failure != null && database.ready() && time.nanoTime() - deadline < 0;
                if (again) {
                    // Not worth hammering a database that has just failed; a moment may help.
                    Thread.sleep(Math.min(100, settings.interval().toMillis()));
                }
            }
            if (mine && database.ready() && failure == null) {
                secure();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            failed(e);
        } finally {
            closed = true;
            if (mine) {
                writing.unlock();
            }
        }
        long lost = feed.close();
        if (lost > 0) {
            counts.dropped.add(lost);
            LOG.log(System.Logger.Level.ERROR, "audit: " + lost + " records could not be saved before the end");
        }
    }
}
