package org.ergograph.history.rollup;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Consumer;

/** Reads rollups, together with what is still on its way into them. Thread-safe. */
@Singleton
public class RollupReader {
    private static final int FETCH = 2_000;

    @Inject
    public RollupReader() {}

    /**
     * Gives away the rows of the query as the database has them at one instant: those of the tier, and the parts of this and
     * the lower tiers that are not merged yet. So there may be several of one series, node and interval,
     * and their sum is everything that was committed. What retention has dropped from the tier is not made up for.
     *
     * <p>Streams in constant memory if the connection does not commit by itself (PostgreSQL fetches everything at once
     * otherwise).
     *
     * @param timeoutSeconds how long the database may take
     */
    public void read(Connection connection, RollupQuery query, int timeoutSeconds, Consumer<RollupRow> rows)
            throws SQLException {
        int minutes = query.tier().minutes();
        // One statement, so that a part is not missed, or seen twice, that is merged meanwhile.
        String sql = "select " + RollupRow.COLUMNS
                + " from rollup where tier = ? and series = any(?) and start_minute >= ? and start_minute < ? union all select "
                + RollupRow.COLUMNS.replace("start_minute", "start_minute - mod(start_minute, " + minutes + ")")
                + " from rollup_part where tier <= ? and series = any(?) and start_minute >= ? and start_minute < ?"
                + query.order().clause();
        Array series = connection.createArrayOf("int4", query.series().toArray());
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setQueryTimeout(timeoutSeconds);
            select.setFetchSize(FETCH);
            for (int half = 0; half < 2; half++) {
                select.setInt(half * 4 + 1, query.tier().number());
                select.setArray(half * 4 + 2, series);
                select.setInt(half * 4 + 3, query.fromMinute());
                select.setInt(half * 4 + 4, query.toMinute());
            }
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    rows.accept(new RollupRow(found));
                }
            }
        } finally {
            series.free();
        }
    }
}
