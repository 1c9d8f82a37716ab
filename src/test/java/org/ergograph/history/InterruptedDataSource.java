package org.ergograph.history;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import javax.sql.DataSource;

/**
 * A data source in front of a real one whose connection is cut at one chosen step: a statement, a commit or a rollback, just
 * before it or just after, as if the answer had been lost. After that all is well again.
 */
final class InterruptedDataSource {
    private static final Set<String> STEPS =
            Set.of("execute", "executeUpdate", "executeBatch", "executeQuery", "commit");

    private final DataSource real;
    private int left;
    private boolean before;
    private boolean cut;

    InterruptedDataSource(DataSource real) {
        this.real = real;
        this.left = Integer.MAX_VALUE;
    }

    /**
     * Cuts the connection once.
     *
     * @param step how many steps go well before
     * @param beforeIt whether the step is not done at all; else it is done, and its answer lost
     */
    void cutAt(int step, boolean beforeIt) {
        left = step;
        before = beforeIt;
        cut = false;
    }

    /** Whether it has come to the cut. */
    boolean wasCut() {
        return cut;
    }

    DataSource dataSource() {
        return (DataSource) Proxy.newProxyInstance(
                InterruptedDataSource.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, args) -> {
                    Object result = call(real, method, args);
                    return result instanceof Connection connection ? new Cut(connection).connection() : result;
                });
    }

    /** One connection, which works until it is cut. */
    private final class Cut {
        private final Connection connection;
        private boolean dead;

        Cut(Connection connection) {
            this.connection = connection;
        }

        Connection connection() {
            return (Connection) proxy(connection, Connection.class);
        }

        private Object proxy(Object target, Class<?> type) {
            return Proxy.newProxyInstance(
                    InterruptedDataSource.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
                        boolean closing = method.getName().equals("close")
                                || method.getName().equals("abort");
                        if (closing && target == connection) {
                            connection.close();
                            return null;
                        }
                        if (dead && !closing) {
                            throw new SQLException("the connection is cut", "08006");
                        }
                        boolean now = STEPS.contains(method.getName()) && left-- == 0;
                        if (now && before) {
                            throw die();
                        }
                        Object result = call(target, method, args);
                        if (now) {
                            throw die();
                        }
                        return result instanceof Statement ? proxy(result, method.getReturnType()) : result;
                    });
        }

        private SQLException die() throws SQLException {
            dead = true;
            cut = true;
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
            return new SQLException("the connection is cut now", "08006");
        }
    }

    private static Object call(Object target, Method method, Object[] args) throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
