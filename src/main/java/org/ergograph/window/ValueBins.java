package org.ergograph.window;

/**
 * Numbers for the bins of values of either sign, ascending with the values: {@link #ZERO} for 0, above it those of
 * {@link Buckets#MAPPING} for values above 0, and below it, mirrored, those for values below 0.
 */
final class ValueBins {
    static final int ZERO = 0;

    /** Greater than the amount of any index of a double. */
    private static final int OFFSET = 1 << 17;

    private ValueBins() {}

    /** @param value finite */
    static int of(double value) {
        double amount = Math.abs(value);
        if (amount < Buckets.MAPPING.minIndexableValue()) {
            return ZERO;
        }
        int bin = positive(Buckets.MAPPING.index(Math.min(amount, Buckets.MAPPING.maxIndexableValue())));
        return value > 0 ? bin : -bin;
    }

    static int positive(int index) {
        return index + OFFSET;
    }

    static int negative(int index) {
        return -positive(index);
    }

    /** The index in the mapping; meaningless for {@link #ZERO}. */
    static int index(int bin) {
        return Math.abs(bin) - OFFSET;
    }

    /** The value that differs from both ends of the bin by the same ratio. */
    static double value(int bin) {
        if (bin == ZERO) {
            return 0;
        }
        double low = Buckets.MAPPING.lowerBound(index(bin));
        double high = Buckets.MAPPING.upperBound(index(bin));
        double middle = 2 * low / (low / high + 1);
        return bin > ZERO ? middle : -middle;
    }
}
