package org.ergograph.database;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Whether the database's schema is in place; told by whoever migrates it. Thread-safe. */
@Singleton
public class DatabaseState {
    private volatile boolean ready;
    private volatile @Nullable String failure;

    @Inject
    public DatabaseState() {}

    /** Whether the migrations are done. Once true, it stays true, whatever becomes of the database later. */
    public boolean ready() {
        return ready;
    }

    /** Why the last attempt to migrate failed; null if there was none, or it succeeded. */
    public @Nullable String failure() {
        return failure;
    }

    /** Says that the migrations are done. */
    public void migrated() {
        failure = null;
        ready = true;
    }

    /** Says that an attempt to migrate failed. */
    public void failed(String reason) {
        failure = reason;
    }
}
