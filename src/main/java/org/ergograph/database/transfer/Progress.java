package org.ergograph.database.transfer;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * How far a table is copied; changed in the transactions that write its rows.
 *
 * @param source stands for the database that it comes from
 * @param lastRow H2's number of the last row that was copied
 */
record Progress(String source, long lastRow, long copied, boolean finished) {
    static final Progress NONE = new Progress("", -1, 0, false);

    /** That of a table; null if there is none. */
    static @Nullable Progress read(Connection connection, String table) throws SQLException {
        return read(connection, table, "");
    }

    /** The same, and nobody else changes it until the transaction ends. */
    static @Nullable Progress lock(Connection connection, String table) throws SQLException {
        return read(connection, table, " for update");
    }

    private static @Nullable Progress read(Connection connection, String table, String lock) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select source, last_row, copied, finished from import_progress where table_name = ?" + lock)) {
            select.setString(1, table);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? new Progress(row.getString(1), row.getLong(2), row.getLong(3), row.getBoolean(4))
                        : null;
            }
        }
    }

    /** Writes it for the first time. */
    void insert(Connection connection, String table) throws SQLException {
        write(
                connection,
                "insert into import_progress (source, last_row, copied, finished, updated_at, table_name)"
                        + " values (?, ?, ?, ?, ?, ?)",
                table);
    }

    /** Writes it over what was there. */
    void update(Connection connection, String table) throws SQLException {
        write(
                connection,
                "update import_progress set source = ?, last_row = ?, copied = ?, finished = ?, updated_at = ?"
                        + " where table_name = ?",
                table);
    }

    private void write(Connection connection, String sql, String table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, source);
            statement.setLong(2, lastRow);
            statement.setLong(3, copied);
            statement.setBoolean(4, finished);
            statement.setObject(5, OffsetDateTime.now(ZoneOffset.UTC));
            statement.setString(6, table);
            statement.executeUpdate();
        }
    }
}
