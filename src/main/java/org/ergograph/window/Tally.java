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
        // While recording goes on, an error may be sealed a slot later than its count, and outlive it.
        Distribution distribution = new Distribution(buckets, each, count, Math.min(errors, count), sumNanos);
        clear();
        return distribution;
    }

    private void clear() {
        if (highest >= lowest) {
            Arrays.fill(counts, lowest, highest + 1, 0);
        }
        lowest = Buckets.COUNT;
        highest = -1;
        used = 0;
        count = 0;
        errors = 0;
        sumNanos = 0;
    }
}
