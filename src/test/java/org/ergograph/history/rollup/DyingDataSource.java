package org.ergograph.history.rollup;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;

/** A data source whose user dies at a certain statement or commit: its connection is gone, and it gets no other. */
final class DyingDataSource {
    private static final Set<String> STATEMENTS =
            Set.of("executeQuery", "executeUpdate", "executeBatch", "execute", "commit");

    private final DataSource real;
    private final int last;
    private final boolean after;
    private int statements;
    private boolean died;

    /**
     * @param last the statement at which it ends, from 1
     * @param after whether that statement still takes place
     */
    DyingDataSource(DataSource real, int last, boolean after) {
        this.real = real;
        this.last = last;
        this.after = after;
    }

    boolean died() {
        return died;
    }

    DataSource dataSource() {
        return (DataSource) proxy(DataSource.class, (proxy, method, args) -> {
            if (died && method.getName().equals("getConnection")) {
                throw new SQLException("dead", "08001");
            }
            Object result = call(real, method, args);
            return result instanceof Connection connection ? watched(connection) : result;
        });
    }

    private Connection watched(Connection connection) {
        return (Connection) proxy(Connection.class, (proxy, method, args) -> {
            Object result = watchedCall(connection, connection, method, args);
            return result instanceof PreparedStatement statement
                    ? proxy(PreparedStatement.class, (p, m, a) -> watchedCall(connection, statement, m, a))
                    : result;
        });
    }

    private Object watchedCall(Connection connection, Object target, Method method, Object[] args) throws Throwable {
        boolean counts = STATEMENTS.contains(method.getName());
        if (died && !method.getName().equals("close")) {
            throw new SQLException("dead", "08003");
        }
        boolean end = counts && ++statements == last;
        if (end && after) {
            call(target, method, args);
        }
        if (end) {
            died = true;
            // What a database does that loses its client.
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
            connection.close();
            throw new SQLException("died at statement " + last, "08006");
        }
        return call(target, method, args);
    }

    private static Object proxy(Class<?> type, InvocationHandler handler) {
        return Proxy.newProxyInstance(DyingDataSource.class.getClassLoader(), new Class<?>[] {type}, handler);
    }

    private static Object call(Object target, Method method, Object[] args) throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
