package org.ergograph.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.ergograph.observation.Labels;
import org.ergograph.observation.Series;

/**
 * Turns this node's name and the series into the numbers under which rows name them, and registers what the database does
 * not know yet. Other nodes do the same at the same time: who comes second takes what the first has put there. Not
 * thread-safe; remembers only what is committed.
 */
final class AuditNames {
    private static final int ATTEMPTS = 10;

    private final String nodeName;
    private int node = -1;
    private AuditIds ids = new AuditIds(0);
    /** By the dense id of the series in this process; 0 is unknown. */
    private long[] known = new long[64];

    AuditNames(String nodeName) {
        this.nodeName = Labels.sanitize(nodeName);
    }

    /** The generator of this node's ids; only after {@link #node}. */
    AuditIds ids() {
        return ids;
    }

    /** This node's number. Ends the connection's transaction. */
    int node(Connection connection, int timeoutSeconds) throws SQLException {
        if (node < 0) {
            node = registered(
                    connection, () -> findNode(connection, timeoutSeconds), () -> addNode(connection, timeoutSeconds));
            ids = new AuditIds(node);
        }
        return node;
    }

    /** The id of each row's series. Ends the connection's transaction if one has to be registered. */
    long[] seriesIds(Connection connection, AuditBatch batch, long nowEpochMillis, int timeoutSeconds)
            throws SQLException {
        long[] result = new long[batch.size()];
        for (int i = 0; i < result.length; i++) {
            Series series = batch.observation(i).series();
            int index = series.id();
            if (index >= known.length) {
                known = Arrays.copyOf(known, Math.max(index + 1, known.length * 2));
            }
            if (known[index] == 0) {
                known[index] = registered(
                        connection,
                        () -> findSeries(connection, series, timeoutSeconds),
                        () -> addSeries(connection, series, ids.next(nowEpochMillis), timeoutSeconds));
            }
            result[i] = known[index];
        }
        return result;
    }

    private interface Query<T> {
        T run() throws SQLException;
    }

    private interface Update {
        void run() throws SQLException;
    }

    private static <T> T registered(Connection connection, Query<List<T>> find, Update add) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            List<T> found = find.run();
            if (!found.isEmpty()) {
                connection.commit();
                return found.get(0);
            }
            try {
                add.run();
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                // Somebody else was first: what they put there is found next time.
                if (!SqlStates.isDuplicate(e) || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private List<Integer> findNode(Connection connection, int timeoutSeconds) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select number from node where name = ?")) {
            select.setQueryTimeout(timeoutSeconds);
            select.setString(1, nodeName);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? List.of(rows.getInt(1)) : List.of();
            }
        }
    }

    private void addNode(Connection connection, int timeoutSeconds) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into node (number, name, registered_at) select coalesce(max(number), -1) + 1, ?, ? from node")) {
            insert.setQueryTimeout(timeoutSeconds);
            insert.setString(1, nodeName);
            insert.setTimestamp(2, Timestamp.from(Instant.now()));
            insert.executeUpdate();
        }
    }

    private static List<Long> findSeries(Connection connection, Series series, int timeoutSeconds) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select id from series where kind = ? and attribute_1 = ? and attribute_2 = ?")) {
            select.setQueryTimeout(timeoutSeconds);
            select.setString(1, series.kind().label());
            select.setString(2, series.value(0));
            select.setString(3, second(series));
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? List.of(rows.getLong(1)) : List.of();
            }
        }
    }

    private static void addSeries(Connection connection, Series series, long id, int timeoutSeconds)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into series (id, kind, name, attribute_1, attribute_2) values (?, ?, ?, ?, ?)")) {
            insert.setQueryTimeout(timeoutSeconds);
            insert.setLong(1, id);
            insert.setString(2, series.kind().label());
            insert.setString(3, series.name());
            insert.setString(4, series.value(0));
            insert.setString(5, second(series));
            insert.executeUpdate();
        }
    }

    private static String second(Series series) {
        return series.values().size() > 1 ? series.value(1) : "";
    }
}
