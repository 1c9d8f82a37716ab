package org.ergograph.history;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.ergograph.database.DatabaseState;
import org.ergograph.observation.Meters;
import org.ergograph.observation.Metrics;
import org.ergograph.observation.NodeIdentity;
import org.ergograph.observation.Observation;
import org.ergograph.observation.Periodic;
import org.ergograph.observation.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * Drains the queue of the audit log into the database, in batches, one transaction each. A batch that fails is kept and tried
 * again after a pause that doubles up to {@value #MAX_PAUSE_SECONDS} s, while the queue fills up. Thread-safe.
 */
@Singleton
public class AuditWriter implements Periodic {
    static final long MAX_PAUSE_SECONDS = 5;
    private static final System.Logger LOG = System.getLogger(AuditWriter.class.getName());

    private final HistorySettings settings;
    private final ObservationRing ring;
    private final AuditCounts counts;
    private final DatabaseState database;
    private final TimeSource time;
    private final AuditStore store;
    private final AuditBatch batch;
    private final ReentrantLock writing = new ReentrantLock();
    private volatile boolean closed;
    private volatile int inHand;
    private volatile @Nullable Observation oldest;
    private volatile @Nullable String failure;
    private int failures;
    private long notBeforeNanos;

    @Inject
    AuditWriter(
            HistorySettings settings,
            HistorySink sink,
            AuditCounts counts,
            DatabaseState database,
            NodeIdentity node,
            TimeSource time,
            DataSource dataSource,
            Instance<Meters> meters) {
        this(settings, sink, counts, database, node, time, dataSource, (Iterable<Meters>) meters);
    }

    AuditWriter(
            HistorySettings settings,
            HistorySink sink,
            AuditCounts counts,
            DatabaseState database,
            NodeIdentity node,
            TimeSource time,
            DataSource dataSource,
            Iterable<Meters> meters) {
        this.settings = settings;
        this.ring = sink.ring();
        this.counts = counts;
        this.database = database;
        this.time = time;
        this.store = new AuditStore(dataSource, node.name(), settings.databaseTimeout());
        this.batch = new AuditBatch(settings.batch());
        meters.forEach(this::publish);
    }

    private void publish(Meters meters) {
        meters.counter(Metrics.AUDIT_RECORDS, counts.written::sum, "written");
        meters.counter(Metrics.AUDIT_RECORDS, counts.rejected::sum, "rejected");
        meters.counter(Metrics.AUDIT_RECORDS, counts.dropped::sum, "dropped");
        meters.gauge(Metrics.AUDIT_QUEUE_DEPTH, this::waiting);
        meters.gauge(Metrics.AUDIT_LAG, this::lagSeconds);
    }

    /** How the audit log stands now. */
    public AuditState state() {
        return new AuditState(
                waiting(),
                ring.capacity(),
                lagSeconds(),
                failure,
                counts.written.sum(),
                counts.rejected.sum(),
                counts.dropped.sum());
    }

    @Override
    public Duration interval() {
        return settings.interval();
    }

    @Override
    public void run() {
        if (writing.tryLock()) {
            try {
                drain();
            } finally {
                writing.unlock();
            }
        }
    }

    /** Writes until what is left is less than a batch, or until something fails. */
    private void drain() {
        boolean more = true;
        while (more && !closed && database.ready() && time.nanoTime() - notBeforeNanos >= 0) {
            take();
            more = batch.size() > 0 && write() && wasFull();
        }
    }

    private void take() {
        if (batch.size() == 0) {
            batch.fill(ring);
            oldest = batch.size() == 0 ? null : batch.observation(0);
            inHand = batch.size();
        }
    }

    private boolean wasFull() {
        boolean full = batch.isFull();
        batch.clear();
        inHand = 0;
        oldest = null;
        return full;
    }

    private boolean write() {
        try {
            int refused = store.write(batch, time.epochNanos(time.nanoTime()) / 1_000_000L);
            counts.written.add(batch.size() - refused);
            counts.dropped.add(refused);
            if (failure != null) {
                LOG.log(System.Logger.Level.INFO, "audit: the database takes rows again");
            }
            failures = 0;
            failure = null;
            notBeforeNanos = time.nanoTime();
            return true;
        } catch (SQLException | RuntimeException e) {
            failed(e);
            return false;
        }
    }

    private void failed(Exception reason) {
        if (failure == null) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "audit: the database takes no rows; they wait in the queue, and it is tried again: " + reason);
        }
        failure = reason.getClass().getSimpleName();
        long pauseNanos = Math.min(
                TimeUnit.SECONDS.toNanos(MAX_PAUSE_SECONDS), settings.interval().toNanos() << Math.min(failures, 10));
        failures++;
        notBeforeNanos = time.nanoTime() + pauseNanos;
    }

    private int waiting() {
        return inHand + ring.size();
    }

    private double lagSeconds() {
        Observation first = oldest;
        long ended = first == null ? ring.oldestEndEpochNanos() : first.startEpochNanos() + first.durationNanos();
        return ended < 0 ? 0 : Math.max(0, time.epochNanos(time.nanoTime()) - ended) / 1e9;
    }

    /** Writes what waits, as far as that is possible within the time for it; the rest is given up, and counted. */
    @Override
    public void stop() {
        long deadline = time.nanoTime() + settings.drainTimeout().toNanos();
        boolean mine = false;
        try {
            mine = writing.tryLock(settings.drainTimeout().toNanos(), TimeUnit.NANOSECONDS);
            while (mine && waiting() > 0 && database.ready() && time.nanoTime() - deadline < 0) {
                notBeforeNanos = time.nanoTime();
                drain();
                if (failure != null) {
                    // Not worth hammering a database that has just failed; a moment may help.
                    Thread.sleep(Math.min(100, settings.interval().toMillis()));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closed = true;
            if (mine) {
                writing.unlock();
            }
        }
        int left = waiting();
        if (left > 0) {
            counts.dropped.add(left);
            LOG.log(System.Logger.Level.ERROR, "audit: " + left + " records could not be written before the end");
        }
    }
}
