package org.ergograph.history.rollup;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import javax.sql.DataSource;
import org.ergograph.database.DatabaseState;
import org.ergograph.database.Leases;
import org.ergograph.observation.Meters;
import org.ergograph.observation.Metrics;
import org.ergograph.observation.Periodic;
import org.ergograph.observation.TimeSource;

/**
 * Makes the rollups: merges the parts of intervals that are over, from minutes upwards, and drops what is kept no longer. One
 * node at a time does so, whichever has the lease. Thread-safe.
 */
@Singleton
public class RollupJob implements Periodic {
    static final String LEASE = "rollup";

    /** What commits a little after its minute need not be late. */
    static final Duration GRACE = Duration.ofSeconds(5);

    static final int CHUNK = 10_000;
    private static final int DROP_MINUTES = 60;
    private static final System.Logger LOG = System.getLogger(RollupJob.class.getName());

    private final RollupSettings settings;
    private final DatabaseState database;
    private final Leases leases;
    private final LeasedTransactions transactions;
    private final TimeSource time;
    private final TierMerge merge;
    private final RollupRetention retention;
    private final int chunk;
    private final LongAdder failures = new LongAdder();
    private volatile boolean owner;
    private volatile boolean failing;
    /** All parts that end before this minute are merged; 0 if that is not known. */
    private volatile int doneMinute;

    private int droppedMinute = Integer.MAX_VALUE;

    @Inject
    RollupJob(
            RollupSettings settings,
            DatabaseState database,
            DataSource dataSource,
            Leases leases,
            TimeSource time,
            Instance<Meters> meters) {
        this(settings, database, dataSource, leases, time, meters, CHUNK);
    }

    RollupJob(
            RollupSettings settings,
            DatabaseState database,
            DataSource dataSource,
            Leases leases,
            TimeSource time,
            Iterable<Meters> meters,
            int chunk) {
        this.settings = settings;
        this.database = database;
        this.leases = leases;
        this.transactions = new LeasedTransactions(dataSource, leases, LEASE, settings.lease());
        this.time = time;
        int timeoutSeconds = (int) Math.max(1, settings.lease().toSeconds());
        this.merge = new TierMerge(timeoutSeconds);
        this.retention = new RollupRetention(settings, transactions, timeoutSeconds);
        this.chunk = chunk;
        meters.forEach(this::publish);
    }

    private void publish(Meters meters) {
        meters.gauge(Metrics.ROLLUP_LAG, this::lagSeconds);
        meters.counter(Metrics.ROLLUP_FAILURES, failures::sum);
    }

    @Override
    public Duration interval() {
        return settings.interval();
    }

    @Override
    public void run() {
        if (!database.ready()) {
            return;
        }
        if (!transactions.acquire()) {
            lost();
            return;
        }
        owner = true;
        try {
            work();
            if (failing) {
                failing = false;
                LOG.log(System.Logger.Level.INFO, "rollup: merging works again");
            }
        } catch (SQLException e) {
            failures.increment();
            if (!failing) {
                failing = true;
                LOG.log(System.Logger.Level.WARNING, "rollup: merging failed, and is tried again: " + e);
            }
        }
    }

    private void work() throws SQLException {
        int now = Tier.minuteOf(time.now());
        int closed = Tier.minuteOf(time.now().minus(GRACE));
        for (Tier tier : Tier.values()) {
            // The last interval that is over ends where the present one starts.
            int before = tier.start(closed);
            int keptFrom = settings.keptFrom(tier, now);
            long parts = transactions.repeatedly(
                    chunk, connection -> merge.merge(connection, tier, before, keptFrom, chunk));
            if (parts == LeasedTransactions.LOST) {
                lost();
                return;
            }
        }
        doneMinute = closed;
        if (transactions.once(connection -> merge.fold(connection, Tier.MINUTE, chunk)) == LeasedTransactions.LOST) {
            lost();
            return;
        }
        if (droppedMinute > now || now - droppedMinute >= DROP_MINUTES) {
            if (retention.drop(now)) {
                droppedMinute = now;
            } else {
                lost();
            }
        }
    }

    private void lost() {
        owner = false;
        doneMinute = 0;
    }

    /** How long ago the end of the last minute was that is completely merged; NaN where another node merges. */
    double lagSeconds() {
        int done = doneMinute;
        return owner && done > 0 ? Math.max(0, time.now().toEpochMilli() / 1e3 - done * 60.0) : Double.NaN;
    }

    @Override
    public void stop() {
        if (owner && database.ready()) {
            lost();
            leases.release(LEASE);
        }
    }
}
