package org.ergograph.web;

import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import java.sql.SQLException;
import java.util.List;

/** Says what a failure of the database means, whatever is wrapped around it. */
public final class SqlFailures {
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String QUERY_CANCELED = "57014";

    /** What a commit fails with; Payara says so without the SQL failure if the connection goes while it commits. */
    private static final List<Class<? extends Exception>> COMMIT_FAILURES = List.of(
            RollbackException.class,
            SystemException.class,
            HeuristicMixedException.class,
            HeuristicRollbackException.class);

    private SqlFailures() {}

    /**
     * Whether the database is to blame and not what was asked of it: an SQL failure other than a data exception (class 22)
     * or a broken constraint (class 23), or a transaction that could not be committed.
     */
    static boolean isDatabaseOut(Throwable failure) {
        SQLException sql = Failures.cause(failure, SQLException.class);
        if (sql != null) {
            String state = sql.getSQLState();
            return state == null || !(state.startsWith("22") || state.startsWith("23"));
        }
        return COMMIT_FAILURES.stream().anyMatch(type -> Failures.cause(failure, type) != null);
    }

    /** Whether a statement was given up because it took too long. */
    static boolean isTimeout(Throwable failure) {
        SQLException sql = Failures.cause(failure, SQLException.class);
        return sql != null && QUERY_CANCELED.equals(sql.getSQLState());
    }

    /** Whether a value is there that may be there only once. */
    public static boolean isUniqueViolation(Throwable failure) {
        SQLException sql = Failures.cause(failure, SQLException.class);
        return sql != null && UNIQUE_VIOLATION.equals(sql.getSQLState());
    }
}
