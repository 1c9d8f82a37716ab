package org.ergograph.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.ergograph.observation.Observation;

/** Any database: a JDBC batch. H2 has written a commit to disk only after a checkpoint. */
final class BatchInsert implements AuditInsert {
    private static final String SQL = """
            insert into audit (started_at, id, duration_nanos, trace_id_high, trace_id_low,
                request_bytes, response_bytes, series, error_type, principal, node, status)
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
                statement.setLong(6, observation.requestBytes());
                statement.setLong(7, observation.responseBytes());
                statement.setInt(8, rows.series(i));
                statement.setInt(9, rows.errorType(i));
                statement.setInt(10, rows.principal(i));
                statement.setInt(11, rows.node());
                statement.setInt(12, observation.status());
                statement.addBatch();
            }
            statement.executeBatch();
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
