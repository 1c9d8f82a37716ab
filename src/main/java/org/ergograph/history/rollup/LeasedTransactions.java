package org.ergograph.history.rollup;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.ergograph.database.Leases;

/** Transactions that only the owner of a lease makes. Not thread-safe. */
final class LeasedTransactions {
    /** What the lease's being another's is told by. */
    static final int LOST = -1;

    /** What a transaction does, and how many rows it did it to. */
    interface Step {
        int run(Connection connection) throws SQLException;
    }

    private final DataSource dataSource;
    private final Leases leases;
    private final String lease;
    private final Duration duration;

    LeasedTransactions(DataSource dataSource, Leases leases, String lease, Duration duration) {
        this.dataSource = dataSource;
        this.leases = leases;
        this.lease = lease;
        this.duration = duration;
    }

    /** Takes or prolongs the lease; false if it is another's. */
    boolean acquire() {
        return leases.acquire(lease, duration);
    }

    /** Does the step in a transaction of its own, in which nobody else can take the lease; {@link #LOST} if it is another's. */
    int once(Step step) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                int rows = leases.hold(connection, lease) ? step.run(connection) : LOST;
                connection.commit();
                connection.setAutoCommit(true);
                return rows;
            } catch (SQLException | RuntimeException e) {
                abandon(connection, e);
                throw e;
            }
        }
    }

    /**
     * Does the step in a transaction of its own, again and again until it has less than a full chunk to do.
     *
     * @return how many rows it did it to; {@link #LOST} if the lease was lost meanwhile
     */
    long repeatedly(int chunk, Step step) throws SQLException {
        long sum = 0;
        int rows;
        do {
            rows = once(step);
            if (rows == LOST) {
                return LOST;
            }
            sum += rows;
        } while (rows == chunk && acquire());
        return rows == chunk ? LOST : sum;
    }

    /** Leaves the connection as it was, for it may be another's next; what fails of that is told with the reason. */
    private static void abandon(Connection connection, Exception reason) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }
}
