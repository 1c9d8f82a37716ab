package org.ergograph.history.query;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.sql.DataSource;

/** The connections of a data source, kept when they are closed and handed out again, as a server's pool does. */
final class KeptConnections {
    private final DataSource real;
    private final Deque<Connection> idle = new ArrayDeque<>();

    KeptConnections(DataSource real) {
        this.real = real;
    }

    DataSource dataSource() {
        return (DataSource) Proxy.newProxyInstance(
                KeptConnections.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, args) -> method.getName().equals("getConnection") ? take() : method.invoke(real, args));
    }

    private synchronized Connection take() throws SQLException {
        Connection connection = idle.isEmpty() ? real.getConnection() : idle.pop();
        return (Connection) Proxy.newProxyInstance(
                KeptConnections.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, args) -> {
                    if (method.getName().equals("close")) {
                        giveBack(connection);
                        return null;
                    }
                    try {
                        return method.invoke(connection, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private synchronized void giveBack(Connection connection) {
        idle.push(connection);
    }
}
