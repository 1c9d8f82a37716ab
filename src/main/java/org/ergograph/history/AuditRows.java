package org.ergograph.history;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.ergograph.history.names.Names;
import org.ergograph.observation.Observation;

/** A numbered batch as rows of the table: what the columns hold. Not thread-safe. */
final class AuditRows {
    private final AuditBatch batch;
    private final int node;
    private final int[] series;
    private final int[] errorTypes;
    private final int[] principals;

    /**
     * @param node the node's number
     * @param series the number of each row's series
     * @param errorTypes the term of each row's error type
     * @param principals the term of each row's principal
     */
    AuditRows(AuditBatch batch, int node, int[] series, int[] errorTypes, int[] principals) {
        this.batch = batch;
        this.node = node;
        this.series = series;
        this.errorTypes = errorTypes;
        this.principals = principals;
    }

    /** The batch with the numbers that the database knows its names by. May end the connection's transaction. */
    static AuditRows named(AuditBatch batch, Names names, Connection connection, int timeoutSeconds)
            throws SQLException {
        int[] series = new int[batch.size()];
        int[] errorTypes = new int[batch.size()];
        int[] principals = new int[batch.size()];
        int node = names.node(connection, timeoutSeconds);
        for (int i = 0; i < batch.size(); i++) {
            Observation observation = batch.observation(i);
            series[i] = names.series(connection, Names.SeriesName.of(observation.series()), timeoutSeconds);
            errorTypes[i] = names.term(connection, observation.errorType(), timeoutSeconds);
            principals[i] = names.term(connection, observation.principal(), timeoutSeconds);
        }
        return new AuditRows(batch, node, series, errorTypes, principals);
    }

    /** The one row at this position. */
    AuditRows single(int row) {
        return new AuditRows(batch.single(row), node, new int[] {series[row]}, new int[] {errorTypes[row]}, new int[] {
            principals[row]
        });
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

    int series(int row) {
        return series[row];
    }

    int errorType(int row) {
        return errorTypes[row];
    }

    int principal(int row) {
        return principals[row];
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
}
