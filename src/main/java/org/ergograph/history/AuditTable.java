package org.ergograph.history;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.ergograph.database.Product;
import org.jspecify.annotations.Nullable;

/** The table of the audit log in the database that there is. Not thread-safe. */
final class AuditTable {
    private static final System.Logger LOG = System.getLogger(AuditTable.class.getName());

    private @Nullable AuditInsert insert;
    private @Nullable AuditPartitions partitions;
    private boolean checkpoint;

    /** Finds out how rows are best written through such connections; does so once. */
    void open(Connection connection) throws SQLException {
        if (insert == null) {
            String product = Product.name(connection);
            boolean postgres = product.equals(Product.POSTGRESQL);
            partitions = postgres ? new AuditPartitions() : null;
            checkpoint = product.equals(Product.H2);
            insert = postgres ? copy(connection) : new BatchInsert();
        }
    }

    private static AuditInsert copy(Connection connection) {
        try {
            if (CopyInsert.works(connection)) {
                return new CopyInsert();
            }
        } catch (LinkageError e) {
            LOG.log(System.Logger.Level.DEBUG, "the driver's classes are not visible", e);
        }
        LOG.log(
                System.Logger.Level.WARNING,
                "audit: the driver of PostgreSQL cannot be reached through the server's data source; rows are written by"
                        + " JDBC batches, which is slower than COPY");
        return new BatchInsert();
    }

    /** Limits how long each statement of the connection's transaction may take, COPY included, where the driver cannot. */
    void limit(Connection connection, int timeoutSeconds) throws SQLException {
        if (partitions != null) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("set local statement_timeout = '" + timeoutSeconds + "s'");
            }
        }
    }

    /** Makes room for the rows, where there has to be some. May end the connection's transaction. */
    void prepare(Connection connection, AuditRows rows, int timeoutSeconds) throws SQLException {
        AuditPartitions days = partitions;
        if (days == null) {
            return;
        }
        long known = Long.MIN_VALUE;
        for (int row = 0; row < rows.size(); row++) {
            long day = rows.epochDay(row);
            if (day != known) {
                days.ensure(connection, AuditRows.day(day), timeoutSeconds);
                known = day;
            }
        }
    }

    /**
     * Says that rows were refused.
     *
     * @return whether there may have been no room for them, so that they should be prepared and inserted once more
     */
    boolean renew(SQLException refusal) {
        if (partitions == null || !"23514".equals(refusal.getSQLState())) {
            return false;
        }
        partitions = new AuditPartitions();
        return true;
    }

    /** Puts the rows in, within the connection's transaction. */
    void insert(Connection connection, AuditRows rows, int timeoutSeconds) throws SQLException {
        AuditInsert way = insert;
        if (way == null) {
            throw new IllegalStateException("not open");
        }
        if (rows.size() > 0) {
            way.insert(connection, rows, timeoutSeconds);
        }
    }

    /** Whether what is committed is safe on disk only after {@link #sync}. */
    boolean needsSync() {
        return checkpoint;
    }

    /** Makes everything that was committed safe on disk; outside of a transaction. */
    void sync(Connection connection, int timeoutSeconds) throws SQLException {
        if (checkpoint) {
            try (Statement statement = connection.createStatement()) {
                statement.setQueryTimeout(timeoutSeconds);
                statement.execute("checkpoint sync");
            }
        }
    }
}
