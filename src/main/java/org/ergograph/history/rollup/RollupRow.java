package org.ergograph.history.rollup;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.ergograph.window.DistributionAdder;
import org.ergograph.window.ValueAdder;

/**
 * What was observed, or sampled, of a series on a node within an interval, or a part of it. Count, errors, sum, least and
 * greatest are exact; the sketch says the rest within 1%. Immutable.
 */
public final class RollupRow {
    /** The columns of a row in the order in which it is read. */
    static final String COLUMNS = "series, node, start_minute, count, errors, sum_nanos, min_nanos, max_nanos,"
            + " value_sum, value_min, value_max, sketch";

    private final int series;
    private final int node;
    private final int startMinute;
    private final long count;
    private final long errors;
    private final long sumNanos;
    private final long minNanos;
    private final long maxNanos;
    private final double valueSum;
    private final double valueMin;
    private final double valueMax;
    private final boolean sampled;
    private final byte[] sketch;

    /** @param row stands at a row of {@link #COLUMNS} */
    RollupRow(ResultSet row) throws SQLException {
        this.series = row.getInt(1);
        this.node = row.getInt(2);
        this.startMinute = row.getInt(3);
        this.count = row.getLong(4);
        this.errors = row.getLong(5);
        this.sumNanos = row.getLong(6);
        this.sampled = row.wasNull();
        this.minNanos = sampled ? 0 : row.getLong(7);
        this.maxNanos = sampled ? 0 : row.getLong(8);
        this.valueSum = sampled ? row.getDouble(9) : 0;
        this.valueMin = sampled ? row.getDouble(10) : 0;
        this.valueMax = sampled ? row.getDouble(11) : 0;
        this.sketch = row.getBytes(12);
    }

    /** The number of the series. */
    public int series() {
        return series;
    }

    /** The number of the node. */
    public int node() {
        return node;
    }

    /** When the interval starts, in minutes since 1970-01-01T00:00:00Z. */
    public int startMinute() {
        return startMinute;
    }

    /** Whether the series is one of samples, and not of durations. */
    public boolean sampled() {
        return sampled;
    }

    /** How many observations or samples. */
    public long count() {
        return count;
    }

    /** How many of the observations were errors. */
    public long errors() {
        return errors;
    }

    /** The sum of the durations; 0 for samples. */
    public long sumNanos() {
        return sumNanos;
    }

    /** The sum of the samples; 0 for durations. */
    public double valueSum() {
        return valueSum;
    }

    /**
     * Adds the durations of the row; there are none in a row of samples.
     *
     * @throws IllegalArgumentException if the sketch cannot be read; what was added up is then lost
     */
    public void addTo(DistributionAdder durations) {
        if (!sampled) {
            durations.add(sketch, errors, sumNanos, minNanos, maxNanos);
        }
    }

    /**
     * Adds the samples of the row; there are none in a row of durations.
     *
     * @throws IllegalArgumentException if the sketch cannot be read; what was added up is then lost
     */
    public void addTo(ValueAdder values) {
        if (sampled) {
            values.add(sketch, valueSum, valueMin, valueMax);
        }
    }
}
