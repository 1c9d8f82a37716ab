package org.ergograph.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Any database: a JDBC batch. */
final class BatchInsert implements AuditInsert {
    private static final String SQL = "insert into audit (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    @Override
    public void insert(Connection connection, AuditRows rows, int timeoutSeconds) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SQL)) {
            statement.setQueryTimeout(timeoutSeconds);
            for (int row = 0; row < rows.size(); row++) {
                statement.setObject(1, rows.startedAt(row));
                statement.setLong(2, rows.ids[row]);
                statement.setLong(3, rows.durationNanos[row]);
                statement.setLong(4, rows.traceIdHigh[row]);
                statement.setLong(5, rows.traceIdLow[row]);
                statement.setLong(6, rows.requestBytes[row]);
                statement.setLong(7, rows.responseBytes[row]);
                statement.setInt(8, rows.series[row]);
                statement.setInt(9, rows.errorType[row]);
                statement.setInt(10, rows.principal[row]);
                statement.setShort(11, rows.node[row]);
                statement.setShort(12, rows.status[row]);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
