package org.ergograph.history;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.ergograph.observation.Observation;

/** PostgreSQL: one statement with an array a column, so that a row costs neither a parameter list nor a message. */
final class UnnestInsert implements AuditInsert {
    private static final String SQL = """
            insert into audit (started_at, id, duration_nanos, trace_id_high, trace_id_low,
                request_bytes, response_bytes, series, error_type, principal, node, status)
            select timestamptz 'epoch' + r.started * interval '1 microsecond', r.id, r.duration, r.high, r.low,
                r.request, r.response, r.series, r.error, r.principal, ?, r.status
            from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
                ?::integer[], ?::integer[], ?::integer[], ?::integer[])
                as r(started, id, duration, high, low, request, response, series, error, principal, status)
            """;

    // The driver sends arrays of these boxes in binary; arrays of primitives would not get through the server's
    // wrapper.
    private static final List<String> TYPES =
            List.of("int8", "int8", "int8", "int8", "int8", "int8", "int8", "int4", "int4", "int4", "int4");

    private final AuditPartitions partitions = new AuditPartitions();

    @Override
    public void prepare(Connection connection, AuditRows rows, int timeoutSeconds) throws SQLException {
        for (int i = 0; i < rows.size(); i++) {
            partitions.ensure(connection, LocalDate.from(rows.startedAt(i)), timeoutSeconds);
        }
    }

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
        Long[][] numbers = new Long[7][size];
        Integer[][] small = new Integer[4][size];
        for (int i = 0; i < size; i++) {
            Observation observation = rows.observation(i);
            numbers[0][i] = rows.startedMicros(i);
            numbers[1][i] = rows.id(i);
            numbers[2][i] = observation.durationNanos();
            numbers[3][i] = observation.traceIdHigh();
            numbers[4][i] = observation.traceIdLow();
            numbers[5][i] = observation.requestBytes();
            numbers[6][i] = observation.responseBytes();
            small[0][i] = rows.series(i);
            small[1][i] = rows.errorType(i);
            small[2][i] = rows.principal(i);
            small[3][i] = observation.status();
        }
        Object[][] columns = new Object[11][];
        System.arraycopy(numbers, 0, columns, 0, 7);
        System.arraycopy(small, 0, columns, 7, 4);
        return columns;
    }
}
