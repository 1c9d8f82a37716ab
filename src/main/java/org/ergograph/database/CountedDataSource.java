package org.ergograph.database;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A pool whose connections are counted while they are in somebody's hands. Thread-safe. */
final class CountedDataSource implements DataSource {
    private final DataSource pool;
    private final PoolUse use;

    CountedDataSource(DataSource pool, PoolUse use) {
        this.pool = pool;
        this.use = use;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return use.take(pool::getConnection);
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return use.take(() -> pool.getConnection(user, password));
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return pool.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        pool.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        pool.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return pool.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return type.isInstance(this) ? type.cast(this) : pool.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(this) || pool.isWrapperFor(type);
    }
}
