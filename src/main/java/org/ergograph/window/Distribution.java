package org.ergograph.window;

import com.datadoghq.sketch.ddsketch.encoding.Flag;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.OptionalDouble;

/**
 * How durations were distributed: count, errors and sum exactly, quantiles within {@link #RELATIVE_ERROR}; least and greatest
 * exactly if they were known, as they are in the record and not in the window, else within that error too. Figures that need at
 * least one observation are empty without one. Immutable and thread-safe.
 */
public final class Distribution {
    /** The greatest relative error of a quantile. */
    public static final double RELATIVE_ERROR = 0.01;

    private static final double NANOS = 1e9;
    private static final Distribution EMPTY = new Distribution(new char[0], new long[0], 0, 0, 0, 0, 0, true);

    private final char[] buckets;
    private final long[] counts;
    private final long count;
    private final long errors;
    private final long sumNanos;
    private final long minNanos;
    private final long maxNanos;
    private final boolean bounded;

    /** @param bounded whether least and greatest are known exactly */
    Distribution(
            char[] buckets,
            long[] counts,
            long count,
            long errors,
            long sumNanos,
            long minNanos,
            long maxNanos,
            boolean bounded) {
        this.buckets = buckets;
        this.counts = counts;
        this.count = count;
        this.errors = errors;
        this.sumNanos = sumNanos;
        this.minNanos = minNanos;
        this.maxNanos = maxNanos;
        this.bounded = bounded;
    }

    /** The distribution of nothing. */
    public static Distribution empty() {
        return EMPTY;
    }

    /**
     * The distribution of these durations.
     *
     * @param errors how many of them were errors, at most as many as there are
     */
    public static Distribution of(long errors, long... durationsNanos) {
        Tally tally = new Tally();
        for (long nanos : durationsNanos) {
            tally.add(Buckets.of(nanos), 1);
            tally.addTotals(0, nanos);
            tally.addBounds(Math.max(0, nanos), Math.max(0, nanos));
        }
        tally.addTotals(errors, 0);
        return tally.takeDistribution();
    }

    /** The distribution of all that is in any of these. */
    public static Distribution merged(Iterable<Distribution> parts) {
        Tally tally = new Tally();
        for (Distribution part : parts) {
            part.addTo(tally);
        }
        return tally.takeDistribution();
    }

    /**
     * What {@link #compact} or {@link #encode} and the exact figures beside it say.
     *
     * @throws IllegalArgumentException if the bytes are no such sketch
     */
    public static Distribution decode(byte[] sketch, long errors, long sumNanos, long minNanos, long maxNanos) {
        DistributionAdder adder = new DistributionAdder();
        adder.add(sketch, errors, sumNanos, minNanos, maxNanos);
        return adder.take();
    }

    void addTo(Tally tally) {
        for (int i = 0; i < buckets.length; i++) {
            tally.add(buckets[i], counts[i]);
        }
        tally.addTotals(errors, sumNanos);
        if (bounded && count > 0) {
            tally.addBounds(minNanos, maxNanos);
        } else if (count > 0) {
            tally.addUnbounded();
        }
    }

    /** Puts what is in this and not in the earlier one into the tally; counts are 32 bits wide and may have wrapped. */
    void subtract(Distribution earlier, Tally tally) {
        int other = 0;
        for (int i = 0; i < buckets.length; i++) {
            while (other < earlier.buckets.length && earlier.buckets[other] < buckets[i]) {
                other++;
            }
            boolean both = other < earlier.buckets.length && earlier.buckets[other] == buckets[i];
            long more = (counts[i] - (both ? earlier.counts[other] : 0)) & 0xffff_ffffL;
            if (more != 0) {
                tally.add(buckets[i], more);
            }
        }
        tally.addTotals(Math.max(0, errors - earlier.errors), sumNanos - earlier.sumNanos);
    }

    /** How many buckets have anything in them. */
    int size() {
        return buckets.length;
    }

    /** The bucket at this position; they ascend. */
    char bucket(int position) {
        return buckets[position];
    }

    /** How many observations the bucket at this position has. */
    long countAt(int position) {
        return counts[position];
    }

    /** Whether least and greatest are known exactly. */
    boolean isBounded() {
        return bounded;
    }

    /** How many observations. */
    public long count() {
        return count;
    }

    /** How many of them were errors; at most {@link #count}. */
    public long errors() {
        return errors;
    }

    /** The share of errors, 0 to 1. */
    public OptionalDouble errorRate() {
        return count == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) errors / count);
    }

    /** The sum of the durations, in nanoseconds; exact up to 292 years. */
    public long sumNanos() {
        return sumNanos;
    }

    /** The least duration, in nanoseconds; 0 without one. */
    public long minNanos() {
        return minNanos;
    }

    /** The greatest duration, in nanoseconds; 0 without one. */
    public long maxNanos() {
        return maxNanos;
    }

    /** The mean duration in seconds; exact. */
    public OptionalDouble meanSeconds() {
        return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sumNanos / NANOS / count);
    }

    /**
     * The quantile in seconds, by nearest rank: the smallest duration that at least the share {@code q} of all observations
     * does not exceed; not interpolated.
     *
     * @param q 0 to 1, both inclusive; 0 means the smallest
     * @throws IllegalArgumentException if {@code q} is not in this range
     */
    public OptionalDouble quantileSeconds(double q) {
        if (!(q >= 0 && q <= 1)) {
            throw new IllegalArgumentException("quantile is " + q + ": must be 0 to 1");
        }
        if (count == 0) {
            return OptionalDouble.empty();
        }
        long left = rank(q, count);
        int i = 0;
        while (left > counts[i]) {
            left -= counts[i++];
        }
        double nanos = Buckets.nanos(buckets[i]);
        return OptionalDouble.of(
                (bounded ? Math.min((double) maxNanos, Math.max((double) minNanos, nanos)) : nanos) / NANOS);
    }

    /** The 1-based rank ceil(q n), where a product like 0.07 * 100 is not carried over 7 by its last bit. */
    static long rank(double q, long n) {
        double exact = q * n;
        return Math.min(n, Math.max(1, (long) Math.ceil(exact - exact * 1e-12)));
    }

    /** The distribution as an encoded DDSketch of nanoseconds, its mapping included. */
    public byte[] encode() {
        GrowingByteArrayOutput bytes = GrowingByteArrayOutput.withDefaultInitialCapacity();
        try {
            Buckets.MAPPING.encode(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // an array in memory has none
        }
        return write(bytes);
    }

    /** The same without the mapping, which is that of every distribution: for whoever keeps many of them. */
    public byte[] compact() {
        return write(GrowingByteArrayOutput.withDefaultInitialCapacity());
    }

    private byte[] write(GrowingByteArrayOutput bytes) {
        long zeros = 0;
        int first = 0;
        int[] indexes = new int[buckets.length];
        for (int i = 0; i < buckets.length; i++) {
            if (buckets[i] < Buckets.PAGE) {
                zeros += counts[i];
                first = i + 1;
            }
            indexes[i] = Buckets.index(buckets[i]);
        }
        SketchFormat.writeZeros(bytes, zeros);
        SketchFormat.writeBins(bytes, Flag.Type.POSITIVE_STORE, indexes, counts, first, indexes.length);
        return bytes.trimmedCopy();
    }
}
