package org.ergograph.window;

/**
 * What was observed of one series from one seal to the next: the buckets that were hit, in order, with their counts as
 * unsigned 32-bit numbers. Immutable.
 */
final class Slice {
    private final char[] buckets;
    private final int[] counts;
    private final long errors;
    private final long sumNanos;

    Slice(char[] buckets, int[] counts, long errors, long sumNanos) {
        this.buckets = buckets;
        this.counts = counts;
        this.errors = errors;
        this.sumNanos = sumNanos;
    }

    void addTo(Tally tally) {
        for (int i = 0; i < buckets.length; i++) {
            tally.add(buckets[i], Integer.toUnsignedLong(counts[i]));
        }
        tally.addTotals(errors, sumNanos);
    }
}
