package org.ergograph.window;

import com.datadoghq.sketch.ddsketch.encoding.Flag;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import java.util.OptionalDouble;

/**
 * How sampled values were distributed, of either sign: count, least and greatest exactly, sum as exactly as doubles add up,
 * quantiles within {@link Distribution#RELATIVE_ERROR}. Figures that need at least one value are empty without one. Immutable
 * and thread-safe.
 */
public final class ValueDistribution {
    private static final ValueDistribution EMPTY =
            new ValueDistribution(new int[0], new long[0], 0, 0, Double.NaN, Double.NaN);

    private final int[] bins;
    private final long[] counts;
    private final long count;
    private final double sum;
    private final double min;
    private final double max;

    /** @param bins as {@link ValueBins} numbers them, ascending */
    ValueDistribution(int[] bins, long[] counts, long count, double sum, double min, double max) {
        this.bins = bins;
        this.counts = counts;
        this.count = count;
        this.sum = sum;
        this.min = min;
        this.max = max;
    }

    /** The distribution of nothing. */
    public static ValueDistribution empty() {
        return EMPTY;
    }

    /** The distribution of these values; those that are not finite are left out. */
    public static ValueDistribution of(double... values) {
        ValueAdder adder = new ValueAdder();
        for (double value : values) {
            adder.add(value);
        }
        return adder.take();
    }

    void addTo(ValueAdder adder) {
        for (int i = 0; i < bins.length; i++) {
            adder.bin(bins[i], counts[i]);
        }
        adder.figures(count, sum, min, max);
    }

    /** How many values. */
    public long count() {
        return count;
    }

    /** Their sum. */
    public double sum() {
        return sum;
    }

    /** The least value. */
    public OptionalDouble min() {
        return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(min);
    }

    /** The greatest value. */
    public OptionalDouble max() {
        return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(max);
    }

    /** The mean value. */
    public OptionalDouble mean() {
        return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / count);
    }

    /** The standard deviation of the values as the sketch has them: each as the middle of its bucket. */
    public OptionalDouble standardDeviation() {
        if (count == 0) {
            return OptionalDouble.empty();
        }
        double middles = 0;
        for (int i = 0; i < bins.length; i++) {
            middles += ValueBins.value(bins[i]) * counts[i] / count;
        }
        double squares = 0;
        for (int i = 0; i < bins.length; i++) {
            double distance = ValueBins.value(bins[i]) - middles;
            squares += distance * distance * counts[i] / count;
        }
        return OptionalDouble.of(Math.sqrt(squares));
    }

    /**
     * The quantile by nearest rank, as {@link Distribution#quantileSeconds}.
     *
     * @param q 0 to 1, both inclusive
     * @throws IllegalArgumentException if {@code q} is not in this range
     */
    public OptionalDouble quantile(double q) {
        if (!(q >= 0 && q <= 1)) {
            throw new IllegalArgumentException("quantile is " + q + ": must be 0 to 1");
        }
        if (count == 0) {
            return OptionalDouble.empty();
        }
        long left = Distribution.rank(q, count);
        int i = 0;
        while (left > counts[i]) {
            left -= counts[i++];
        }
        return OptionalDouble.of(Math.min(max, Math.max(min, ValueBins.value(bins[i]))));
    }

    /** The distribution as an encoded DDSketch without its mapping, which is that of every distribution. */
    public byte[] compact() {
        int negative = 0;
        while (negative < bins.length && bins[negative] < ValueBins.ZERO) {
            negative++;
        }
        int positive = negative < bins.length && bins[negative] == ValueBins.ZERO ? negative + 1 : negative;
        int[] indexes = new int[bins.length];
        for (int i = 0; i < bins.length; i++) {
            indexes[i] = ValueBins.index(bins[i]);
        }
        GrowingByteArrayOutput bytes = GrowingByteArrayOutput.withDefaultInitialCapacity();
        SketchFormat.writeZeros(bytes, positive > negative ? counts[negative] : 0);
        SketchFormat.writeBins(bytes, Flag.Type.POSITIVE_STORE, indexes, counts, positive, bins.length);
        SketchFormat.writeBins(bytes, Flag.Type.NEGATIVE_STORE, indexes, counts, 0, negative);
        return bytes.trimmedCopy();
    }
}
