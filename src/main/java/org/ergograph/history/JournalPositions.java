package org.ergograph.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;

/** How far runs of journals are committed, as the table {@code audit_journal} says. */
final class JournalPositions {
    private JournalPositions() {}

    /**
     * The position of the run; a run that is not known gets this one. Waits for a transaction that moves it: after a commit
     * whose outcome is not known this tells it. Ends the connection's transaction.
     *
     * @param position where a run begins that is not known
     */
    static long find(Connection connection, long run, int node, long position, Timestamp now, int timeoutSeconds)
            throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select position from audit_journal where run = ? for update")) {
            select.setQueryTimeout(timeoutSeconds);
            select.setLong(1, run);
            try (ResultSet rows = select.executeQuery()) {
                if (rows.next()) {
                    long known = rows.getLong(1);
                    connection.commit();
                    return known;
                }
            }
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into audit_journal (run, node, position, updated_at) values (?, ?, ?, ?)")) {
            insert.setQueryTimeout(timeoutSeconds);
            insert.setLong(1, run);
            insert.setInt(2, node);
            insert.setLong(3, position);
            insert.setTimestamp(4, now);
            insert.executeUpdate();
        }
        connection.commit();
        return position;
    }

    /** Moves the position, within the connection's transaction; false if it is not where it was thought to be. */
    static boolean move(Connection connection, long run, long from, long to, Timestamp now, int timeoutSeconds)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update audit_journal set position = ?, updated_at = ? where run = ? and position = ?")) {
            update.setQueryTimeout(timeoutSeconds);
            update.setLong(1, to);
            update.setTimestamp(2, now);
            update.setLong(3, run);
            update.setLong(4, from);
            return update.executeUpdate() == 1;
        }
    }

    /** Forgets a run of which no file is left. Ends the connection's transaction. */
    static void forget(Connection connection, long run, int timeoutSeconds) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from audit_journal where run = ?")) {
            delete.setQueryTimeout(timeoutSeconds);
            delete.setLong(1, run);
            delete.executeUpdate();
        }
        connection.commit();
    }

    /** Forgets runs of the node that were last heard of before this moment. Ends the connection's transaction. */
    static void forgetBefore(Connection connection, int node, Timestamp before, int timeoutSeconds)
            throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("delete from audit_journal where node = ? and updated_at < ?")) {
            delete.setQueryTimeout(timeoutSeconds);
            delete.setInt(1, node);
            delete.setTimestamp(2, before);
            delete.executeUpdate();
        }
        connection.commit();
    }
}
