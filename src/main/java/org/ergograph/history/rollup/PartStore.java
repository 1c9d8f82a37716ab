package org.ergograph.history.rollup;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;

/** Puts what a batch of records adds to the rollups beside its rows. Thread-safe. */
@Singleton
public class PartStore {
    @Inject
    public PartStore() {}

    /**
     * Inserts the parts within the caller's transaction. The batch stays as it is, for another attempt.
     *
     * @param timeoutSeconds how long a statement may take
     */
    public void insert(Connection connection, PartBatch parts, int timeoutSeconds) throws SQLException {}
}
