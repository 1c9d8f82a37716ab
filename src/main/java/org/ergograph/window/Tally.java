package org.ergograph.window;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A workbench on which counts are added up before they are put into a compact immutable form. Not thread-safe. */
final class Tally {
    private final long[] counts = new long[Buckets.COUNT];
    private int lowest = Buckets.COUNT;
    private int highest = -1;
    private int used;
    private long count;
    private long errors;
    private long sumNanos;
    private long minNanos = Long.MAX_VALUE;
    private long maxNanos = Long.MIN_VALUE;
    private boolean unbounded;

    void add(int bucket, long n) {
        if (counts[bucket] == 0) {
            used++;
        }
        counts[bucket] += n;
        count += n;
        lowest = Math.min(lowest, bucket);
        highest = Math.max(highest, bucket);
    }

    void addTotals(long moreErrors, long moreNanos) {
        errors += moreErrors;
        sumNanos += moreNanos;
    }

    /** Says between what the observations are that were added; once a part, after its counts. */
    void addBounds(long leastNanos, long greatestNanos) {
        minNanos = Math.min(minNanos, leastNanos);
        maxNanos = Math.max(maxNanos, greatestNanos);
    }

    /** Says that observations were added of which no more is known than their buckets. */
    void addUnbounded() {
        unbounded = true;
    }

    long count() {
        return count;
    }

    /** Adds the bins of sketches. */
    SketchFormat.Bins bins() {
        return new SketchFormat.Bins() {
            @Override
            public void zeros(long n) {
                if (n > 0) {
                    add(0, n);
                }
            }

            @Override
            public void positive(int index, long n) {
                int bucket = index + Buckets.PAGE;
                if (bucket < Buckets.PAGE || bucket >= Buckets.COUNT) {
                    throw new IllegalArgumentException("no duration has the index " + index);
                }
                if (n > 0) {
                    add(bucket, n);
                }
            }

            @Override
            public void negative(int index, long n) {
                throw new IllegalArgumentException("no duration is below 0");
            }
        };
    }

    /** What was added up, compact, or null if it is nothing; the workbench is empty afterwards. */
    @Nullable
    Slice takeSlice() {
        if (count == 0 && errors == 0 && sumNanos == 0) {
            return null;
        }
        char[] buckets = new char[used];
        int[] each = new int[used];
        int at = 0;
        for (int bucket = lowest; bucket <= highest; bucket++) {
            if (counts[bucket] != 0) {
                buckets[at] = (char) bucket;
                each[at++] = (int) counts[bucket];
            }
        }
        Slice slice = new Slice(buckets, each, errors, sumNanos);
        clear();
        return slice;
    }

    /** What was added up, for readers; the workbench is empty afterwards. */
    Distribution takeDistribution() {
        char[] buckets = new char[used];
        long[] each = new long[used];
        int at = 0;
        for (int bucket = lowest; bucket <= highest; bucket++) {
            if (counts[bucket] != 0) {
                buckets[at] = (char) bucket;
                each[at++] = counts[bucket];
            }
        }
        // Whoever counts in stripes knows no bounds: the buckets have to do.
        boolean bounded = !unbounded && (maxNanos >= minNanos || count == 0);
        long least = bounded ? minNanos : Math.round(Buckets.nanos(lowest));
        long greatest = bounded ? maxNanos : Math.round(Buckets.nanos(highest));
        // While recording goes on, an error may be sealed a slot later than its count, and outlive it.
        Distribution distribution = new Distribution(
                buckets,
                each,
                count,
                Math.min(errors, count),
                sumNanos,
                count == 0 ? 0 : least,
                count == 0 ? 0 : greatest,
                bounded);
        clear();
        return distribution;
    }

    void clear() {
        if (highest >= lowest) {
            Arrays.fill(counts, lowest, highest + 1, 0);
        }
        lowest = Buckets.COUNT;
        highest = -1;
        used = 0;
        count = 0;
        errors = 0;
        sumNanos = 0;
        minNanos = Long.MAX_VALUE;
        maxNanos = Long.MIN_VALUE;
        unbounded = false;
    }
}
