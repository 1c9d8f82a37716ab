package org.ergograph.notify.delivery;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.ergograph.database.DatabaseState;
import org.ergograph.database.Leases;
import org.ergograph.database.TimeOrderedIds;
import org.ergograph.observation.Periodic;
import org.ergograph.observation.TimeSource;

/**
 * Sends what waits in the database, as long as this node holds the lease; and brings there what this node's journal holds, as
 * soon as the database answers again.
 */
@Singleton
class DatabaseSender implements Periodic, Queue {
    private static final System.Logger LOG = System.getLogger(DatabaseSender.class.getName());
    private static final Duration TICK = Duration.ofMillis(200);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration SILENT = Duration.ofSeconds(3);
    private static final Duration GIVING_UP = Duration.ofMinutes(1);
    private static final Duration CLEANING = Duration.ofHours(1);

    private final NotificationRows rows;
    private final OutboxJournal journal;
    private final Leases leases;
    private final DatabaseState state;
    private final DeliveryParts parts;
    private final TimeSource time;
    private final TimeOrderedIds ids;
    private final Dispatch dispatch;
    private volatile boolean due = true;
    private volatile long answeredNanos;
    private volatile int waiting;
    private boolean tookBack;
    private boolean failing;
    private long readNanos;
    private long cleanedNanos;
    private long gaveUpNanos;

    @Inject
    DatabaseSender(
            NotificationRows rows, OutboxJournal journal, Leases leases, DatabaseState state, DeliveryParts parts) {
        this.rows = rows;
        this.journal = journal;
        this.leases = leases;
        this.state = state;
        this.parts = parts;
        this.time = parts.time();
        this.ids = new TimeOrderedIds(() -> time.now().toEpochMilli());
        this.dispatch = new Dispatch(this, parts, this::wake);
        this.answeredNanos = time.nanoTime();
        this.readNanos = time.nanoTime() - POLL.toNanos();
        this.cleanedNanos = time.nanoTime();
        this.gaveUpNanos = time.nanoTime();
        parts.counts().backlog(() -> waiting + journal.waiting());
    }

    /** There may be more to do. */
    void wake() {
        due = true;
    }

    /** Whether the database has answered within the last seconds. */
    boolean answering() {
        return time.nanoTime() - answeredNanos < SILENT.toNanos();
    }

    /** Whether this node is the one that speaks for all. Asks the database. */
    boolean leads() {
        return leases.acquire(NotificationRows.LEASE, LEASE);
    }

    @Override
    public Duration interval() {
        return TICK;
    }

    @Override
    public boolean whileOff() {
        return true;
    }

    @Override
    public void run() {
        long now = time.nanoTime();
        boolean poll = now - readNanos >= POLL.toNanos();
        if (!parts.settings().enabled() || !state.ready() || !(poll || (due && !failing))) {
            return;
        }
        due = false;
        readNanos = now;
        parts.recorder().internally(this::send);
    }

    private void send() {
        try {
            journal.merge(rows);
            if (!tookBack) {
                rows.takeBack(time.now());
                tookBack = true;
            }
            Backlog backlog = rows.backlog(time.now());
            answeredNanos = time.nanoTime();
            boolean leads = backlog.size() > 0 && leads();
            waiting = leads ? backlog.size() : 0;
            if (leads && !parts.channels().knows(backlog.channels())) {
                // Another node may have made it a moment ago; only what is not there at all goes to the log.
                parts.channels().refresh();
            }
            dispatch.run(leads ? backlog : Backlog.EMPTY);
            if (leads) {
                giveUp();
            }
            clean();
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                failing = true;
                LOG.log(System.Logger.Level.WARNING, "alerts: the database does not answer: sent from the journal", e);
            }
        }
    }

    /** What no message was ever made of, because the one before it did not get through: those are given up by themselves. */
    private void giveUp() {
        if (time.nanoTime() - gaveUpNanos < GIVING_UP.toNanos()) {
            return;
        }
        gaveUpNanos = time.nanoTime();
        Instant now = time.now();
        rows.giveUp(channel -> now.minus(parts.longestWait(channel)), now).forEach((channel, count) -> {
            parts.counts().count(channel, Ended.DEAD, count);
            LOG.log(
                    System.Logger.Level.ERROR,
                    "alerts: {0} that waited for channel {1} are given up: it took none in time",
                    count,
                    channel);
        });
    }

    private void clean() {
        if (time.nanoTime() - cleanedNanos >= CLEANING.toNanos()) {
            cleanedNanos = time.nanoTime();
            rows.forget(time.now().minus(parts.settings().retention()));
        }
    }

    @Override
    public Optional<Begun> begin(Pick pick, Instant now, Instant until) {
        return rows.begin(pick, ids.next(), now, until);
    }

    @Override
    public void end(Begun begun, Ended ended) {
        rows.end(begun, ended);
    }
}
