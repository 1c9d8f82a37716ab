package org.ergograph.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import org.ergograph.observation.Observation;

/** Any database: a JDBC batch. H2 has written a commit to disk only after a checkpoint. */
final class BatchInsert implements AuditInsert {
    private static final String SQL = """
            insert into audit (started_at, id, duration_nanos, trace_id_high, trace_id_low, series_id,
                request_bytes, response_bytes, node, status, error_type, principal)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private final boolean checkpoint;

    /** @param checkpoint whether the database is H2 */
    BatchInsert(boolean checkpoint) {
        this.checkpoint = checkpoint;
    }

    @Override
    public void insert(Connection connection, AuditRows rows, int timeoutSeconds) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SQL)) {
            statement.setQueryTimeout(timeoutSeconds);
            for (int i = 0; i < rows.size(); i++) {
                Observation observation = rows.observation(i);
                statement.setObject(1, rows.startedAt(i));
                statement.setLong(2, rows.id(i));
                statement.setLong(3, observation.durationNanos());
                statement.setLong(4, observation.traceIdHigh());
                statement.setLong(5, observation.traceIdLow());
                statement.setLong(6, rows.seriesId(i));
                bytes(statement, 7, observation.requestBytes());
                bytes(statement, 8, observation.responseBytes());
                statement.setInt(9, rows.node());
                statement.setInt(10, observation.status());
                statement.setString(11, AuditRows.clean(observation.errorType()));
                statement.setString(12, AuditRows.clean(observation.principal()));
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static void bytes(PreparedStatement statement, int position, long bytes) throws SQLException {
        if (bytes < 0) {
            statement.setNull(position, Types.BIGINT);
        } else {
            statement.setLong(position, bytes);
        }
    }

    @Override
    public void sync(Connection connection, int timeoutSeconds) throws SQLException {
        if (checkpoint) {
            try (Statement statement = connection.createStatement()) {
                statement.setQueryTimeout(timeoutSeconds);
                statement.execute("checkpoint sync");
            }
        }
    }
}
