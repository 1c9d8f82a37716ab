package org.ergograph.window;

/**
 * Adds up how durations were distributed. One is enough for any number of sums, one after the other, and cheaper than one for
 * each. Not thread-safe.
 */
public final class DistributionAdder {
    private final Tally tally = new Tally();
    private final SketchFormat.Bins bins = tally.bins();

    /** Adds all that is in the distribution. */
    public void add(Distribution distribution) {
        distribution.addTo(tally);
    }

    /**
     * Adds what {@link Distribution#compact} and the exact figures beside it say.
     *
     * @param minNanos the least duration; ignored if the sketch is empty
     * @param maxNanos the greatest duration; ignored if the sketch is empty
     * @throws IllegalArgumentException if the bytes are no such sketch; what was added up is then lost
     */
    public void add(byte[] sketch, long errors, long sumNanos, long minNanos, long maxNanos) {
        long before = tally.count();
        try {
            SketchFormat.read(sketch, bins);
        } catch (IllegalArgumentException | ArithmeticException e) {
            tally.clear();
            throw new IllegalArgumentException(e);
        }
        tally.addTotals(errors, sumNanos);
        if (tally.count() != before) {
            tally.addBounds(minNanos, maxNanos);
        }
    }

    /** How many observations have been added since the last {@link #take}. */
    public long count() {
        return tally.count();
    }

    /** What was added up; afterwards it begins anew. */
    public Distribution take() {
        return tally.takeDistribution();
    }
}
