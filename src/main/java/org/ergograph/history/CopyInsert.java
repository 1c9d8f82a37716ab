package org.ergograph.history;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * PostgreSQL: COPY in its binary format, through the driver. The only class that needs the driver's own classes: who makes one
 * has to expect that they are not there. Not thread-safe.
 */
final class CopyInsert implements AuditInsert {
    private static final String SQL = "copy audit (" + COLUMNS + ") from stdin (format binary)";
    private static final byte[] SIGNATURE = "PGCOPY\n\u00ff\r\n\u0000".getBytes(StandardCharsets.ISO_8859_1);
    private static final short FIELDS = 12;
    private static final short END = -1;
    /** The number of fields; then each field's length and content: 7 + 3 + 2 fields of 8, 4 and 2 bytes. */
    private static final int ROW_BYTES = 2 + FIELDS * 4 + 7 * 8 + 3 * 4 + 2 * 2;

    /** From 1970 to 2000, where the time of PostgreSQL begins. */
    private static final long EPOCH_MICROS = 946_684_800_000_000L;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] buffer = new byte[64 * 1024];
    private int at;

    /**
     * Whether this connection can do it.
     *
     * @throws LinkageError if the driver's classes are not visible
     */
    static boolean works(Connection connection) {
        try {
            return connection.unwrap(PGConnection.class).getCopyAPI() != null;
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void insert(Connection connection, AuditRows rows, int timeoutSeconds) throws SQLException {
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(SQL);
        try {
            send(copy, rows);
            copy.endCopy();
        } catch (SQLException | RuntimeException e) {
            cancel(copy, e);
            throw e;
        }
    }

    private static void cancel(CopyIn copy, Exception reason) {
        if (copy.isActive()) {
            try {
                copy.cancelCopy();
            } catch (SQLException e) {
                reason.addSuppressed(e);
            }
        }
    }

    private void send(CopyIn copy, AuditRows rows) throws SQLException {
        System.arraycopy(SIGNATURE, 0, buffer, 0, SIGNATURE.length);
        at = SIGNATURE.length;
        raw(0); // no flags
        raw(0); // nothing more in the header
        for (int row = 0; row < rows.size(); row++) {
            if (buffer.length - at < ROW_BYTES) {
                flush(copy);
            }
            put(rows, row);
        }
        if (buffer.length - at < Short.BYTES) {
            flush(copy);
        }
        raw(END);
        flush(copy);
    }

    private void put(AuditRows rows, int row) {
        raw(FIELDS);
        field(rows.startedMicros[row] - EPOCH_MICROS);
        field(rows.ids[row]);
        field(rows.durationNanos[row]);
        field(rows.traceIdHigh[row]);
        field(rows.traceIdLow[row]);
        field(rows.requestBytes[row]);
        field(rows.responseBytes[row]);
        field(rows.series[row]);
        field(rows.errorType[row]);
        field(rows.principal[row]);
        field(rows.node[row]);
        field(rows.status[row]);
    }

    private void field(long value) {
        INT.set(buffer, at, Long.BYTES);
        LONG.set(buffer, at + Integer.BYTES, value);
        at += Integer.BYTES + Long.BYTES;
    }

    private void field(int value) {
        INT.set(buffer, at, Integer.BYTES);
        INT.set(buffer, at + Integer.BYTES, value);
        at += 2 * Integer.BYTES;
    }

    private void field(short value) {
        INT.set(buffer, at, Short.BYTES);
        SHORT.set(buffer, at + Integer.BYTES, value);
        at += Integer.BYTES + Short.BYTES;
    }

    private void raw(int value) {
        INT.set(buffer, at, value);
        at += Integer.BYTES;
    }

    private void raw(short value) {
        SHORT.set(buffer, at, value);
        at += Short.BYTES;
    }

    private void flush(CopyIn copy) throws SQLException {
        copy.writeToCopy(buffer, 0, at);
        at = 0;
    }
}
