package org.ergograph.history;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.ergograph.observation.Observation;
import org.jspecify.annotations.Nullable;

/** PostgreSQL: one statement with an array a column, so that a row costs neither a parameter list nor a message. */
final class UnnestInsert implements AuditInsert {
    private static final String SQL = """
            insert into audit (started_at, id, duration_nanos, trace_id_high, trace_id_low, series_id,
                request_bytes, response_bytes, node, status, error_type, principal)
            select timestamptz 'epoch' + r.started * interval '1 microsecond', r.id, r.duration, r.high, r.low, r.series,
                nullif(r.request, -1), nullif(r.response, -1), ?, r.status, r.error, r.principal
            from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
                ?::bigint[], ?::integer[], ?::text[], ?::text[])
                as r(started, id, duration, high, low, series, request, response, status, error, principal)
            """;

    // The driver sends arrays of these boxes in binary; arrays of primitives would not get through the server's
    // wrapper.
    private static final List<String> TYPES =
            List.of("int8", "int8", "int8", "int8", "int8", "int8", "int8", "int8", "int4", "text", "text");

    @Override
    public void insert(Connection connection, AuditRows rows, int timeoutSeconds) throws SQLException {
        Object[][] columns = columns(rows);
        List<Array> arrays = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(SQL)) {
            statement.setQueryTimeout(timeoutSeconds);
            statement.setInt(1, rows.node());
            for (int i = 0; i < columns.length; i++) {
                Array array = connection.createArrayOf(TYPES.get(i), columns[i]);
                arrays.add(array);
                statement.setArray(i + 2, array);
            }
            statement.executeUpdate();
        } finally {
            for (Array array : arrays) {
                array.free();
            }
        }
    }

    private static Object[][] columns(AuditRows rows) {
        int size = rows.size();
        Long[][] numbers = new Long[8][size];
        Integer[] status = new Integer[size];
        @Nullable String[] error = new @Nullable String[size];
        @Nullable String[] principal = new @Nullable String[size];
        for (int i = 0; i < size; i++) {
            Observation observation = rows.observation(i);
            numbers[0][i] = rows.startedMicros(i);
            numbers[1][i] = rows.id(i);
            numbers[2][i] = observation.durationNanos();
            numbers[3][i] = observation.traceIdHigh();
            numbers[4][i] = observation.traceIdLow();
            numbers[5][i] = rows.seriesId(i);
            numbers[6][i] = observation.requestBytes();
            numbers[7][i] = observation.responseBytes();
            status[i] = observation.status();
            error[i] = AuditRows.clean(observation.errorType());
            principal[i] = AuditRows.clean(observation.principal());
        }
        Object[][] columns = new Object[11][];
        System.arraycopy(numbers, 0, columns, 0, 8);
        columns[8] = status;
        columns[9] = error;
        columns[10] = principal;
        return columns;
    }
}
