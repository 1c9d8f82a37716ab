package org.ergograph.history;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Rows of the table, column by column, as numbers only. Not thread-safe. */
final class AuditRows {
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    final long[] startedMicros;
    final long[] ids;
    final long[] durationNanos;
    final long[] traceIdHigh;
    final long[] traceIdLow;
    final long[] requestBytes;
    final long[] responseBytes;
    final int[] series;
    final int[] errorType;
    final int[] principal;
    final short[] node;
    final short[] status;
    private int size;

    AuditRows(int capacity) {
        this.startedMicros = new long[capacity];
        this.ids = new long[capacity];
        this.durationNanos = new long[capacity];
        this.traceIdHigh = new long[capacity];
        this.traceIdLow = new long[capacity];
        this.requestBytes = new long[capacity];
        this.responseBytes = new long[capacity];
        this.series = new int[capacity];
        this.errorType = new int[capacity];
        this.principal = new int[capacity];
        this.node = new short[capacity];
        this.status = new short[capacity];
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    /** Adds the record that the reader has just read, under these numbers. */
    void add(BlockReader record, long id, int seriesNumber, int errorTerm, int principalTerm, int nodeNumber) {
        int row = size++;
        startedMicros[row] = Math.floorDiv(record.startEpochNanos, 1000L);
        ids[row] = id;
        durationNanos[row] = record.durationNanos;
        traceIdHigh[row] = record.traceIdHigh;
        traceIdLow[row] = record.traceIdLow;
        requestBytes[row] = record.requestBytes;
        responseBytes[row] = record.responseBytes;
        series[row] = seriesNumber;
        errorType[row] = errorTerm;
        principal[row] = principalTerm;
        node[row] = (short) nodeNumber;
        status[row] = (short) record.status;
    }

    OffsetDateTime startedAt(int row) {
        long micros = startedMicros[row];
        Instant instant =
                Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000L);
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    /** The day of UTC on which the row's observation began, counted from 1970. */
    long epochDay(int row) {
        return Math.floorDiv(startedMicros[row], MICROS_PER_DAY);
    }

    static LocalDate day(long epochDay) {
        return LocalDate.ofEpochDay(epochDay);
    }
}
