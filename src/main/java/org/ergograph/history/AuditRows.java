package org.ergograph.history;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.ergograph.observation.Labels;
import org.ergograph.observation.Observation;
import org.jspecify.annotations.Nullable;

/** A numbered batch as rows of the table: what the columns hold. Not thread-safe. */
final class AuditRows {
    private final AuditBatch batch;
    private final int node;
    private final long[] seriesIds;

    /**
     * @param node the node's number
     * @param seriesIds the id of each row's series
     */
    AuditRows(AuditBatch batch, int node, long[] seriesIds) {
        this.batch = batch;
        this.node = node;
        this.seriesIds = seriesIds;
    }

    /** The one row at this position. */
    AuditRows single(int row) {
        return new AuditRows(batch.single(row), node, new long[] {seriesIds[row]});
    }

    int size() {
        return batch.size();
    }

    int node() {
        return node;
    }

    long id(int row) {
        return batch.id(row);
    }

    long seriesId(int row) {
        return seriesIds[row];
    }

    Observation observation(int row) {
        return batch.observation(row);
    }

    /** Microseconds since 1970: as exact as both databases keep it. */
    long startedMicros(int row) {
        return Math.floorDiv(observation(row).startEpochNanos(), 1000L);
    }

    OffsetDateTime startedAt(int row) {
        long micros = startedMicros(row);
        Instant instant =
                Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000L);
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    /** Text that came from outside, fit for every database; null where there is none. */
    static @Nullable String clean(@Nullable String text) {
        return text == null ? null : Labels.sanitize(text);
    }
}
