package org.ergograph.history.rollup;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Drops the rows that their tier keeps no longer. Not thread-safe. */
final class RollupRetention {
    private static final int CHUNK = 10_000;
    private static final int SERIES_AT_ONCE = 500;

    private final RollupSettings settings;
    private final LeasedTransactions transactions;
    private final int timeoutSeconds;

    RollupRetention(RollupSettings settings, LeasedTransactions transactions, int timeoutSeconds) {
        this.settings = settings;
        this.transactions = transactions;
        this.timeoutSeconds = timeoutSeconds;
    }

    /**
     * Drops what is kept no longer at that minute, in chunks.
     *
     * @return false if the lease was lost before the end
     */
    boolean drop(int nowMinute) throws SQLException {
        List<Integer> series = new ArrayList<>();
        if (transactions.once(connection -> read(connection, series)) == LeasedTransactions.LOST) {
            return false;
        }
        for (Tier tier : Tier.values()) {
            int before = settings.keptFrom(tier, nowMinute);
            // Series by series, as the key begins with them: an index on the time alone would cost every row that is
            // written.
            for (int from = 0; from < series.size(); from += SERIES_AT_ONCE) {
                List<Integer> some = series.subList(from, Math.min(series.size(), from + SERIES_AT_ONCE));
                long dropped = transactions.repeatedly(CHUNK, connection -> drop(connection, tier, some, before));
                if (dropped == LeasedTransactions.LOST) {
                    return false;
                }
            }
        }
        return true;
    }

    private int read(Connection connection, List<Integer> series) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select number from series order by number")) {
            select.setQueryTimeout(timeoutSeconds);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    series.add(rows.getInt(1));
                }
            }
        }
        return series.size();
    }

    private int drop(Connection connection, Tier tier, List<Integer> series, int before) throws SQLException {
        Array numbers = connection.createArrayOf("int4", series.toArray());
        try (PreparedStatement delete =
                connection.prepareStatement(Dialect.of(connection).dropRows())) {
            delete.setQueryTimeout(timeoutSeconds);
            delete.setInt(1, tier.number());
            delete.setArray(2, numbers);
            delete.setInt(3, before);
            delete.setInt(4, CHUNK);
            return delete.executeUpdate();
        } finally {
            numbers.free();
        }
    }
}
