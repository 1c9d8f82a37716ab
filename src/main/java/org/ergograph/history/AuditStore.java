package org.ergograph.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executor;
import javax.sql.DataSource;
import org.ergograph.database.SqlStates;
import org.ergograph.history.names.Names;
import org.jspecify.annotations.Nullable;

/**
 * Writes batches of the audit log into the database: a batch completely or not at all, and never twice, also where the outcome
 * of a commit was not known. Not thread-safe.
 */
final class AuditStore {
    private static final System.Logger LOG = System.getLogger(AuditStore.class.getName());

    private final DataSource dataSource;
    private final Names names;
    private AuditIds ids = new AuditIds(0);
    private boolean numbered;
    private final int timeoutSeconds;
    private final int networkTimeoutMillis;
    private boolean networkTimeoutUnknown;
    private @Nullable AuditInsert insert;

    /** @param timeout how long one statement may take; the network may take a little longer before it is given up */
    AuditStore(DataSource dataSource, String node, Duration timeout) {
        this.dataSource = dataSource;
        this.names = new Names(node);
        this.timeoutSeconds = (int) Math.max(1, timeout.toSeconds());
        this.networkTimeoutMillis = (timeoutSeconds + 2) * 1000;
    }

    /**
     * Writes the batch and makes it safe on disk.
     *
     * @return how many rows the database refused for what they contain, which no further attempt would change
     * @throws SQLException if the batch is not known to be safe: another attempt has to follow
     */
    int write(AuditBatch batch, long nowEpochMillis) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            int networkTimeoutBefore = limit(connection);
            try {
                AuditInsert way = way(connection);
                connection.setAutoCommit(false);
                int refused = transact(connection, way, batch, nowEpochMillis);
                connection.setAutoCommit(true);
                way.sync(connection, timeoutSeconds);
                restore(connection, networkTimeoutBefore);
                return refused;
            } catch (SQLException | RuntimeException e) {
                abandon(connection, networkTimeoutBefore, e);
                throw e;
            }
        }
    }

    private int transact(Connection connection, AuditInsert way, AuditBatch batch, long nowEpochMillis)
            throws SQLException {
        AuditRows rows = AuditRows.named(batch, names, connection, timeoutSeconds);
        if (!numbered) {
            ids = new AuditIds(rows.node());
            numbered = true;
        }
        batch.number(ids, nowEpochMillis);
        way.prepare(connection, rows, timeoutSeconds);
        if (batch.attempt() && isThere(connection, rows)) {
            connection.commit();
            return 0;
        }
        try {
            way.insert(connection, rows, timeoutSeconds);
            connection.commit();
            return 0;
        } catch (SQLException e) {
            if (!SqlStates.isRefusal(e)) {
                throw e;
            }
            connection.rollback();
            return isThere(connection, rows) ? 0 : oneByOne(connection, way, rows, e);
        }
    }

    /** So that one row that cannot be stored does not hold up all others for ever. */
    private int oneByOne(Connection connection, AuditInsert way, AuditRows rows, SQLException reason)
            throws SQLException {
        int refused = 0;
        for (int i = 0; i < rows.size(); i++) {
            AuditRows one = rows.single(i);
            if (isThere(connection, one)) {
                continue;
            }
            try {
                way.insert(connection, one, timeoutSeconds);
                connection.commit();
            } catch (SQLException e) {
                if (!SqlStates.isRefusal(e)) {
                    throw e;
                }
                connection.rollback();
                refused++;
            }
        }
        LOG.log(
                System.Logger.Level.ERROR,
                "audit: the database refused " + refused + " of " + rows.size() + " rows for what they contain",
                reason);
        return refused;
    }

    private boolean isThere(Connection connection, AuditRows rows) throws SQLException {
        // One transaction a batch: its first row stands for all of them.
        try (PreparedStatement select =
                connection.prepareStatement("select 1 from audit where started_at = ? and id = ?")) {
            select.setQueryTimeout(timeoutSeconds);
            select.setObject(1, rows.startedAt(0));
            select.setLong(2, rows.id(0));
            try (ResultSet found = select.executeQuery()) {
                return found.next();
            }
        }
    }

    private AuditInsert way(Connection connection) throws SQLException {
        AuditInsert known = insert;
        if (known == null) {
            String product = connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
            known = product.equals("postgresql") ? new UnnestInsert() : new BatchInsert(product.equals("h2"));
            insert = known;
        }
        return known;
    }

    private int limit(Connection connection) throws SQLException {
        if (networkTimeoutUnknown) {
            return 0;
        }
        try {
            int before = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, networkTimeoutMillis);
            return before;
        } catch (SQLException | AbstractMethodError e) {
            // The driver or the server's pool cannot: statements keep their own limit.
            networkTimeoutUnknown = true;
            LOG.log(System.Logger.Level.INFO, "audit: connections have no network time limit: " + e.getMessage());
            return 0;
        }
    }

    private void restore(Connection connection, int networkTimeoutBefore) throws SQLException {
        if (!networkTimeoutUnknown) {
            Executor direct = Runnable::run;
            connection.setNetworkTimeout(direct, networkTimeoutBefore);
        }
    }

    /** Leaves the connection as it was, for it may be another's next; what fails of that is told with the reason. */
    private void abandon(Connection connection, int networkTimeoutBefore, Exception reason) {
        try {
            if (!connection.getAutoCommit()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
            restore(connection, networkTimeoutBefore);
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }
}
