package org.ergograph.database;

import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The driver's connections behind a pool's handles: each is known from the first time that it is handed out until it is closed.
 * For servers that do not tell how large their pool is. Thread-safe.
 */
final class OpenConnections {
    private volatile List<WeakReference<Connection>> known = List.of();

    /** Notes the connection behind a handle; one that is broken is not noted. */
    void seen(Connection handle) {
        Connection driver;
        try {
            driver = handle.getMetaData().getConnection();
        } catch (SQLException e) {
            return; // whoever uses it will be told
        }
        for (WeakReference<Connection> reference : known) {
            if (reference.refersTo(driver)) {
                return;
            }
        }
        add(driver);
    }

    private synchronized void add(Connection driver) {
        List<WeakReference<Connection>> next = new ArrayList<>(known);
        next.removeIf(reference -> isGone(reference.get()));
        next.add(new WeakReference<>(driver));
        known = List.copyOf(next);
    }

    /** How many of them are open. */
    synchronized int count() {
        List<WeakReference<Connection>> next = new ArrayList<>(known);
        next.removeIf(reference -> isGone(reference.get()));
        known = List.copyOf(next);
        return next.size();
    }

    private static boolean isGone(@Nullable Connection driver) {
        try {
            return driver == null || driver.isClosed();
        } catch (SQLException e) {
            return true; // what cannot even tell is of no use to the pool
        }
    }
}
