package org.ergograph.gateway;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How lookups in a cache ended. Thread-safe. */
final class CacheCounts {
    /** How one ended. */
    enum Result {
        HIT,
        MISS,
        /** The cache could not be asked, or gave nothing of use: a miss as well, told apart. */
        ERROR;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Map<Result, LongAdder> counts = new EnumMap<>(Result.class);

    CacheCounts() {
        for (Result result : Result.values()) {
            counts.put(result, new LongAdder());
        }
    }

    void count(Result result) {
        LongAdder count = counts.get(result);
        if (count != null) {
            count.increment();
        }
    }

    long of(Result result) {
        LongAdder count = counts.get(result);
        return count == null ? 0 : count.sum();
    }

    /** The share of lookups that were hits, 0 to 1; NaN if there were none. */
    double hitRatio() {
        long all = of(Result.HIT) + of(Result.MISS) + of(Result.ERROR);
        return all == 0 ? Double.NaN : (double) of(Result.HIT) / all;
    }
}
