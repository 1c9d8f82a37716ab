package org.ergograph.database;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Whether the database's schema is in place; told by whoever migrates it. Thread-safe. */
@Singleton
public class DatabaseState {
    private volatile boolean ready;
    private volatile @Nullable String failure;
    private volatile String work = "the schema is being brought up to date";

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

    /** What is done until it is ready, in words. */
    public String work() {
        return work;
    }

    /** Says what is done now, as long as it is not ready. */
    public void working(String work) {
        failure = null;
        this.work = work;
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
