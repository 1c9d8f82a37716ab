package org.ergograph.history;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/** A data source in front of a real one that can refuse connections, fail commits, and lose the answers to commits. */
final class FaultyDataSource {
    private final DataSource real;
    private volatile boolean refusing;
    private final AtomicBoolean loseAnswer = new AtomicBoolean();
    private final AtomicBoolean failCommit = new AtomicBoolean();

    FaultyDataSource(DataSource real) {
        this.real = real;
    }

    void refuse(boolean refuse) {
        refusing = refuse;
    }

    /** The next commit takes place, but its answer is lost. */
    void loseAnswerToCommit() {
        loseAnswer.set(true);
    }

    /** The next commit does not take place. */
    void failCommit() {
        failCommit.set(true);
    }

    DataSource dataSource() {
        return (DataSource) Proxy.newProxyInstance(
                FaultyDataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, args) -> {
                    if (method.getName().equals("getConnection") && refusing) {
                        throw new SQLException("refused", "08001");
                    }
                    Object result = call(real, method, args);
                    return result instanceof Connection connection ? faulty(connection) : result;
                });
    }

    private Connection faulty(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                FaultyDataSource.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, args) -> {
                    if (method.getName().equals("commit") && failCommit.getAndSet(false)) {
                        throw new SQLException("connection lost before the commit", "08006");
                    }
                    Object result = call(connection, method, args);
                    if (method.getName().equals("commit") && loseAnswer.getAndSet(false)) {
                        throw new SQLException("connection lost after the commit", "08006");
                    }
                    return result;
                });
    }

    private static Object call(Object target, Method method, Object[] args) throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
