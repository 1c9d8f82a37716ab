package org.ergograph.history;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executor;
import javax.sql.DataSource;
import org.ergograph.database.SqlStates;

/**
 * Work on connections whose network may take a little longer than a statement before it is given up, and which go back to
 * their pool as they came. Not thread-safe.
 */
final class BoundedConnections {
    private static final System.Logger LOG = System.getLogger(BoundedConnections.class.getName());
    private static final Executor DIRECT = Runnable::run;
    private static final int MARGIN_SECONDS = 2;

    /** Work in transactions that it ends itself. */
    interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    private final DataSource dataSource;
    private final int networkTimeoutMillis;
    private boolean networkTimeoutUnknown;

    BoundedConnections(DataSource dataSource, int timeoutSeconds) {
        this.dataSource = dataSource;
        this.networkTimeoutMillis = (timeoutSeconds + MARGIN_SECONDS) * 1000;
    }

    /** Does the work on a connection that commits nothing by itself; what was not committed is rolled back. */
    <T> T run(Work<T> work) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            int networkTimeoutBefore = 0;
            try {
                networkTimeoutBefore = limit(connection);
                connection.setAutoCommit(false);
                T result = work.in(connection);
                connection.setAutoCommit(true);
                restore(connection, networkTimeoutBefore);
                return result;
            } catch (SQLException | RuntimeException e) {
                abandon(connection, networkTimeoutBefore, e);
                throw e;
            }
        }
    }

    private int limit(Connection connection) throws SQLException {
        if (networkTimeoutUnknown) {
            return 0;
        }
        try {
            int before = connection.getNetworkTimeout();
            connection.setNetworkTimeout(DIRECT, networkTimeoutMillis);
            return before;
        } catch (SQLException | AbstractMethodError e) {
            if (e instanceof SQLException failure && !connection.isValid(MARGIN_SECONDS)) {
                throw failure;
            }
            // The driver or the server's pool cannot: statements keep their own limit.
            networkTimeoutUnknown = true;
            LOG.log(System.Logger.Level.INFO, "audit: connections have no network time limit: " + e.getMessage());
            return 0;
        }
    }

    private void restore(Connection connection, int networkTimeoutBefore) throws SQLException {
        if (!networkTimeoutUnknown) {
            connection.setNetworkTimeout(DIRECT, networkTimeoutBefore);
        }
    }

    /** Leaves the connection as it was, for it may be another's next; what fails of that is told with the reason. */
    private void abandon(Connection connection, int networkTimeoutBefore, Exception reason) {
        try {
            if (reason instanceof SQLException failure && SqlStates.isConnectionFailure(failure)) {
                // A rollback would only wait once more for an answer that does not come.
                connection.abort(DIRECT);
                return;
            }
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
