package org.ergograph.window;

import java.util.Map;
import java.util.TreeMap;

/** Adds up how sampled values were distributed. Not thread-safe. */
public final class ValueAdder {
    private final TreeMap<Integer, Long> bins = new TreeMap<>();
    private final SketchFormat.Bins sketched = new SketchFormat.Bins() {
        @Override
        public void zeros(long n) {
            sketched(ValueBins.ZERO, n);
        }

        @Override
        public void positive(int index, long n) {
            sketched(ValueBins.positive(index), n);
        }

        @Override
        public void negative(int index, long n) {
            sketched(ValueBins.negative(index), n);
        }
    };
    private long sketchedCount;
    private long count;
    private double sum;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;

    private void sketched(int bin, long n) {
        bin(bin, n);
        sketchedCount += n;
    }

    void bin(int bin, long n) {
        if (n > 0) {
            bins.merge(bin, n, Long::sum);
        }
    }

    void figures(long n, double total, double least, double greatest) {
        if (n > 0) {
            count += n;
            sum += total;
            min = Math.min(min, least);
            max = Math.max(max, greatest);
        }
    }

    /** Adds a value; one that is not finite is left out. */
    public void add(double value) {
        if (Double.isFinite(value)) {
            bin(ValueBins.of(value), 1);
            figures(1, value, value, value);
        }
    }

    /** Adds all that is in the distribution. */
    public void add(ValueDistribution distribution) {
        distribution.addTo(this);
    }

    /**
     * Adds what {@link ValueDistribution#compact} and the exact figures beside it say.
     *
     * @throws IllegalArgumentException if the bytes are no such sketch; what was added up is then lost
     */
    public void add(byte[] sketch, double total, double least, double greatest) {
        sketchedCount = 0;
        try {
            SketchFormat.read(sketch, sketched);
        } catch (IllegalArgumentException | ArithmeticException e) {
            clear();
            throw new IllegalArgumentException(e);
        }
        figures(sketchedCount, total, least, greatest);
    }

    /** How many values have been added since the last {@link #take}. */
    public long count() {
        return count;
    }

    /** What was added up; afterwards it begins anew. */
    public ValueDistribution take() {
        if (count == 0) {
            clear();
            return ValueDistribution.empty();
        }
        int[] numbers = new int[bins.size()];
        long[] counts = new long[bins.size()];
        int at = 0;
        for (Map.Entry<Integer, Long> bin : bins.entrySet()) {
            numbers[at] = bin.getKey();
            counts[at++] = bin.getValue();
        }
        ValueDistribution distribution = new ValueDistribution(numbers, counts, count, sum, min, max);
        clear();
        return distribution;
    }

    private void clear() {
        bins.clear();
        count = 0;
        sum = 0;
        min = Double.POSITIVE_INFINITY;
        max = Double.NEGATIVE_INFINITY;
    }
}
