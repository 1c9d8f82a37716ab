package org.ergograph.history.rollup;

import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.ergograph.database.DatabaseState;
import org.ergograph.database.Leases;
import org.ergograph.observation.NodeIdentity;
import org.ergograph.observation.TimeSource;

/** Merges what is there, as a node would that had run up to a moment. */
public final class BenchMerge {
    private BenchMerge() {}

    /** Makes the rollups of all tiers up to this moment. */
    public static void upTo(Instant now, DataSource dataSource, RollupSettings settings) {
        DatabaseState state = new DatabaseState();
        state.migrated();
        TimeSource time = new TimeSource() {
            @Override
            public long nanoTime() {
                return System.nanoTime();
            }

            @Override
            public long epochNanos(long nanoTime) {
                return now.getEpochSecond() * 1_000_000_000L + now.getNano();
            }
        };
        Leases leases = new Leases(dataSource, new NodeIdentity("bench", "1", 0));
        new RollupJob(settings, state, dataSource, leases, time, List.of(), RollupJob.CHUNK).run();
    }
}
