package org.ergograph.history.rollup;

import java.util.Arrays;
import org.ergograph.window.Distribution;
import org.ergograph.window.DistributionGroups;
import org.ergograph.window.ValueAdder;
import org.ergograph.window.ValueDistribution;
import org.jspecify.annotations.Nullable;

/**
 * What a batch of records adds to the rollups: added up per series, node and minute. A duration costs a lookup by numbers and
 * no allocation. Not thread-safe.
 */
public final class PartBatch {
    /** Takes the parts, one after the other. */
    interface Taker {
        /** @param distribution holds at least one observation */
        void durations(int series, int node, int minute, Distribution distribution);

        /** @param distribution holds at least one value */
        void values(int series, int node, int minute, ValueDistribution distribution);
    }

    private static final long NANOS_PER_MINUTE = 60_000_000_000L;

    private final DistributionGroups groups = new DistributionGroups();
    private int size;
    private int[] series = new int[64];
    private int[] node = new int[64];
    private int[] minute = new int[64];
    private @Nullable ValueAdder[] values = new ValueAdder[64];
    /** Open addressing; a group's number plus one, or 0. */
    private int[] table = new int[256];

    private int last = -1;

    /** Makes an empty batch. */
    public PartBatch() {}

    /**
     * Adds an observation to the minute in which it ended.
     *
     * @param series the number of its series in the database
     * @param node the number of its node in the database
     * @param endEpochNanos when it ended, nanoseconds since 1970-01-01T00:00:00Z
     */
    public void duration(int series, int node, long endEpochNanos, long durationNanos, boolean error) {
        groups.add(group(series, node, (int) Math.floorDiv(endEpochNanos, NANOS_PER_MINUTE)), durationNanos, error);
    }

    /** Adds what was tallied to the minute of this second. */
    public void durations(int series, int node, long epochSecond, Distribution distribution) {
        if (distribution.count() > 0) {
            groups.add(group(series, node, (int) Math.floorDiv(epochSecond, 60L)), distribution);
        }
    }

    /** Adds a sample to the minute of this second; a value that is not finite is left out. */
    public void value(int series, int node, long epochSecond, double value) {
        if (Double.isFinite(value)) {
            int group = group(series, node, (int) Math.floorDiv(epochSecond, 60L));
            ValueAdder adder = values[group];
            if (adder == null) {
                adder = new ValueAdder();
                values[group] = adder;
            }
            adder.add(value);
        }
    }

    /** Whether nothing was added. */
    public boolean isEmpty() {
        return size == 0;
    }

    /** Forgets everything. */
    public void clear() {
        groups.clear();
        Arrays.fill(values, 0, size, null);
        Arrays.fill(table, 0);
        size = 0;
        last = -1;
    }

    /** Gives away every part. Changes nothing, so that it can be done again. */
    void forEach(Taker taker) {
        groups.forEach((group, distribution) -> {
            if (distribution.count() > 0) {
                taker.durations(series[group], node[group], minute[group], distribution);
            }
        });
        for (int group = 0; group < size; group++) {
            ValueAdder adder = values[group];
            if (adder != null) {
                ValueDistribution distribution = adder.take();
                adder.add(distribution);
                taker.values(series[group], node[group], minute[group], distribution);
            }
        }
    }

    private int group(int ofSeries, int ofNode, int ofMinute) {
        if (last >= 0 && is(last, ofSeries, ofNode, ofMinute)) {
            return last;
        }
        int mask = table.length - 1;
        int slot = slot(ofSeries, ofNode, ofMinute) & mask;
        while (table[slot] != 0) {
            int group = table[slot] - 1;
            if (is(group, ofSeries, ofNode, ofMinute)) {
                last = group;
                return group;
            }
            slot = slot + 1 & mask;
        }
        last = open(ofSeries, ofNode, ofMinute, slot);
        return last;
    }

    private boolean is(int group, int ofSeries, int ofNode, int ofMinute) {
        return series[group] == ofSeries && minute[group] == ofMinute && node[group] == ofNode;
    }

    private static int slot(int ofSeries, int ofNode, int ofMinute) {
        long mixed = ((long) ofSeries * 0x9e3779b97f4a7c15L + ofMinute) * 0x9e3779b97f4a7c15L + ofNode;
        mixed *= 0xbf58476d1ce4e5b9L;
        return (int) (mixed >>> 40);
    }

    private int open(int ofSeries, int ofNode, int ofMinute, int slot) {
        int group = groups.open();
        if (group == series.length) {
            series = Arrays.copyOf(series, group * 2);
            node = Arrays.copyOf(node, group * 2);
            minute = Arrays.copyOf(minute, group * 2);
            values = Arrays.copyOf(values, group * 2);
        }
        series[group] = ofSeries;
        node[group] = ofNode;
        minute[group] = ofMinute;
        size = group + 1;
        table[slot] = size;
        if (size * 2 > table.length) {
            grow();
        }
        return group;
    }

    private void grow() {
        table = new int[table.length * 4];
        int mask = table.length - 1;
        for (int group = 0; group < size; group++) {
            int slot = slot(series[group], node[group], minute[group]) & mask;
            while (table[slot] != 0) {
                slot = slot + 1 & mask;
            }
            table[slot] = group + 1;
        }
    }
}
