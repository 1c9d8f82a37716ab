package org.ergograph.history;

import java.time.Duration;

/**
 * How the record is kept. Immutable.
 *
 * @param queue how many records may wait to be written, a power of two
 * @param batch how many rows go into one transaction, at least 1
 * @param interval the pause after which what waits is written
 * @param databaseTimeout how long one step of the writer's work in the database may take
 * @param drainTimeout how long the end of the application waits for what is still in the queue
 */
public record HistorySettings(
        int queue, int batch, Duration interval, Duration databaseTimeout, Duration drainTimeout) {}
