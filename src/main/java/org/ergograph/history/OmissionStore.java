package org.ergograph.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;

/** Adds to the table of what has no row. A node's minutes are written by that node only. */
final class OmissionStore {
    private static final int SECONDS_PER_MINUTE = 60;

    private OmissionStore() {}

    /** Adds these counts, within the connection's transaction. */
    static void add(Connection connection, Map<RecordBatch.Omitted, Long> omissions, int timeoutSeconds)
            throws SQLException {
        for (Map.Entry<RecordBatch.Omitted, Long> omission : omissions.entrySet()) {
            if (!increase(connection, omission.getKey(), omission.getValue(), timeoutSeconds)) {
                insert(connection, omission.getKey(), omission.getValue(), timeoutSeconds);
            }
        }
    }

    private static boolean increase(Connection connection, RecordBatch.Omitted key, long more, int timeoutSeconds)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update audit_omission set count = count + ? where minute_at = ? and node = ? and reason = ?")) {
            update.setQueryTimeout(timeoutSeconds);
            update.setLong(1, more);
            key(update, 2, key);
            return update.executeUpdate() == 1;
        }
    }

    private static void insert(Connection connection, RecordBatch.Omitted key, long count, int timeoutSeconds)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into audit_omission (count, minute_at, node, reason) values (?, ?, ?, ?)")) {
            insert.setQueryTimeout(timeoutSeconds);
            insert.setLong(1, count);
            key(insert, 2, key);
            insert.executeUpdate();
        }
    }

    private static void key(PreparedStatement statement, int from, RecordBatch.Omitted key) throws SQLException {
        Instant minute = Instant.ofEpochSecond(key.epochMinute() * SECONDS_PER_MINUTE);
        statement.setObject(from, OffsetDateTime.ofInstant(minute, ZoneOffset.UTC));
        statement.setInt(from + 1, key.node());
        statement.setString(from + 2, key.reason().label());
    }
}
