package org.ergograph.database;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A data source for work that may take its time, a migration of many rows say: without the pool's limit on statements. */
public final class LongStatements {
    private LongStatements() {}

    /** The same database; statements that its connections make have no limit. As thread-safe as the data source. */
    public static DataSource on(DataSource dataSource) {
        return (DataSource) Proxy.newProxyInstance(
                LongStatements.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> {
                    Object value = call(dataSource, method, arguments);
                    return value instanceof Connection connection ? on(connection) : value;
                });
    }

    private static Connection on(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                LongStatements.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    Object value = call(connection, method, arguments);
                    if (value instanceof Statement statement) {
                        statement.setQueryTimeout(0);
                    }
                    return value;
                });
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
