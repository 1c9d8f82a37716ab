package org.ergograph.history;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How the record is kept. Immutable.
 *
 * @param queue how many records may wait for the journal, a power of two
 * @param batch how many records go into one transaction, at least 1
 * @param interval the pause after which what waits is written
 * @param databaseTimeout how long one step of the writer's work in the database may take
 * @param drainTimeout how long the end of the application waits for what is not in the database yet
 * @param durability within this a record is on disk: in the journal or in the database
 * @param journal the directory of the journal
 * @param journalMaxBytes what the journal may hold
 * @param sampling which observations get a row
 */
public record HistorySettings(
        int queue,
        int batch,
        Duration interval,
        Duration databaseTimeout,
        Duration drainTimeout,
        Duration durability,
        Path journal,
        long journalMaxBytes,
        SamplingSettings sampling) {}
