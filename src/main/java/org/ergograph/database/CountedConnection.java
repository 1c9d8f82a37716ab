package org.ergograph.database;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A connection that tells, once, when it is given back. As thread-safe as the connection. */
final class CountedConnection implements InvocationHandler {
    private final Connection connection;
    private final Runnable closed;
    private final AtomicBoolean told = new AtomicBoolean();

    private CountedConnection(Connection connection, Runnable closed) {
        this.connection = connection;
        this.closed = closed;
    }

    static Connection of(Connection connection, Runnable closed) {
        return (Connection) Proxy.newProxyInstance(
                CountedConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                new CountedConnection(connection, closed));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        String name = method.getName();
        if (name.equals("equals") && arguments != null) {
            return proxy == arguments[0];
        }
        if ((name.equals("close") || name.equals("abort")) && told.compareAndSet(false, true)) {
            // Before whoever waits for it has it: never are more counted than the pool has.
            closed.run();
        }
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
