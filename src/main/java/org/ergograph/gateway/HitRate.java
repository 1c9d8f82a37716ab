package org.ergograph.gateway;

import java.util.OptionalDouble;

/**
 * The share of a cache's lookups that were hits since it was last told, which it is only once there were enough to say
 * something. Not thread-safe.
 */
final class HitRate {
    static final int ENOUGH = 20;

    private final CacheCounts counts;
    private long hitsBefore;
    private long allBefore;

    HitRate(CacheCounts counts) {
        this.counts = counts;
    }

    /** The share, 0 to 1, of the lookups since it was last told; empty while they are fewer than {@value #ENOUGH}. */
    OptionalDouble next() {
        long hits = counts.of(CacheCounts.Result.HIT);
        long all = hits + counts.of(CacheCounts.Result.MISS) + counts.of(CacheCounts.Result.ERROR);
        if (all - allBefore < ENOUGH) {
            return OptionalDouble.empty();
        }
        double rate = (double) (hits - hitsBefore) / (all - allBefore);
        hitsBefore = hits;
        allBefore = all;
        return OptionalDouble.of(rate);
    }
}
