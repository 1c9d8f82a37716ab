package org.ergograph.history.rollup;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import org.ergograph.window.Distribution;
import org.ergograph.window.ValueDistribution;

/** Puts what a batch of records adds to the rollups beside its rows. Thread-safe. */
@Singleton
public class PartStore {
    @Inject
    public PartStore() {}

    /**
     * Inserts the parts within the caller's transaction. The batch stays as it is, for another attempt.
     *
     * @param timeoutSeconds how long a statement may take
     */
    public void insert(Connection connection, PartBatch parts, int timeoutSeconds) throws SQLException {
        FigureRows rows = new FigureRows();
        parts.forEach(new PartBatch.Taker() {
            @Override
            public void durations(int series, int node, int minute, Distribution distribution) {
                rows.add(Tier.MINUTE, series, node, minute, Figures.of(distribution));
            }

            @Override
            public void values(int series, int node, int minute, ValueDistribution distribution) {
                rows.add(Tier.MINUTE, series, node, minute, Figures.of(distribution));
            }
        });
        rows.insert(connection, "rollup_part", timeoutSeconds);
    }
}
