package org.ergograph.history;

import java.util.HashMap;
import java.util.Map;
import org.ergograph.history.rollup.PartBatch;
import org.ergograph.window.Distribution;

/** What goes into one transaction: rows, what they add to the rollups, and what has no row. Not thread-safe. */
final class RecordBatch {
    /** A minute of a node, counted from 1970, and why there are no rows. */
    record Omitted(long epochMinute, int node, Omission reason) {}

    private static final long NANOS_PER_MINUTE = 60_000_000_000L;

    private final AuditRows rows;
    private final PartBatch parts = new PartBatch();
    private final Map<Omitted, Long> omissions = new HashMap<>();
    private AuditIds ids = new AuditIds(0);
    private boolean numbered;
    private long nowEpochMillis;

    /** @param capacity how many rows it takes */
    RecordBatch(int capacity) {
        this.rows = new AuditRows(capacity);
    }

    /** Empties it; rows get ids of this node. */
    void begin(int node, long now) {
        if (!numbered) {
            ids = new AuditIds(node);
            numbered = true;
        }
        nowEpochMillis = now;
        rows.clear();
        parts.clear();
        omissions.clear();
    }

    void row(BlockReader record, int series, int errorTerm, int principalTerm, int node) {
        rows.add(record, ids.next(nowEpochMillis), series, errorTerm, principalTerm, node);
        parts.duration(
                series, node, record.startEpochNanos + record.durationNanos, record.durationNanos, errorTerm != 0);
    }

    void tally(int series, int node, long epochSecond, Distribution distribution) {
        parts.durations(series, node, epochSecond, distribution);
    }

    void sample(int series, int node, long epochSecond, double value) {
        parts.value(series, node, epochSecond, value);
    }

    void omission(long epochMinute, int node, Omission reason, long count) {
        omissions.merge(new Omitted(epochMinute, node, reason), count, Long::sum);
    }

    /** Gives up the rows; what they add to the rollups stays, and that they are missing is noted. */
    void dropRows() {
        int dropped = rows.size();
        for (int row = 0; row < dropped; row++) {
            long ended = rows.startedMicros[row] * 1000 + rows.durationNanos[row];
            omission(Math.floorDiv(ended, NANOS_PER_MINUTE), rows.node[row], Omission.DROPPED, 1);
        }
        rows.clear();
    }

    /** Gives up everything. */
    void dropAll() {
        rows.clear();
        parts.clear();
        omissions.clear();
    }

    AuditRows rows() {
        return rows;
    }

    PartBatch parts() {
        return parts;
    }

    Map<Omitted, Long> omissions() {
        return omissions;
    }
}
