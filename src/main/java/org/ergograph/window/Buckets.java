package org.ergograph.window;

import com.datadoghq.sketch.ddsketch.mapping.IndexMapping;
import com.datadoghq.sketch.ddsketch.mapping.LinearlyInterpolatedMapping;

/**
 * The buckets into which durations are counted: 64 to each power of two, which is the sketch library's linearly interpolated
 * mapping with its offset at 1 ns. A bucket's middle is within 1/128 of everything in it. Computed on the bits of the whole
 * number of nanoseconds, so that a recording costs no floating point.
 */
final class Buckets {
    /** Buckets of one power of two, and of one page of an accumulator. */
    static final int PAGE = 64;
    /** Pages: one for 0 ns, and one for each power of two that a positive {@code long} can have. */
    static final int PAGES = 64;

    static final int COUNT = PAGE * PAGES;

    /** What a sketch of these buckets says of itself; sketches merge only if they say the same. */
    static final IndexMapping MAPPING = new LinearlyInterpolatedMapping(Math.pow(2, 1.0 / PAGE), 0);

    private Buckets() {}

    /** The bucket of a duration, 0 to {@link #COUNT} - 1. A negative one counts as none at all. */
    static int of(long nanos) {
        long positive = nanos & ~(nanos >> 63);
        int zeros = Long.numberOfLeadingZeros(positive);
        return ((64 - zeros) << 6) | (int) ((positive << zeros << 1) >>> 58);
    }

    /** The index of the bucket in {@link #MAPPING}; bucket 0 has none. */
    static int index(int bucket) {
        return bucket - PAGE;
    }

    /** The value that differs from the bucket's smallest and greatest whole nanosecond by the same ratio. */
    static double nanos(int bucket) {
        if (bucket < PAGE) {
            return 0;
        }
        double low = lower(bucket);
        double high = Math.max(low, Math.ceil(lower(bucket + 1)) - 1);
        return 2 * low * high / (low + high);
    }

    private static double lower(int bucket) {
        return Math.scalb(1 + (bucket % PAGE) / (double) PAGE, bucket / PAGE - 1);
    }
}
