package org.ergograph.gateway;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How the cache of results does. Immutable.
 *
 * @param name {@code redis} or {@code results}, as in metrics
 * @param remote whether it is another server's
 * @param ping how long its server took to answer; null if it did not, or there is none
 * @param hits lookups since the start that it answered
 * @param misses lookups that it did not
 * @param errors lookups for which it could not be asked
 * @param figures what it says of itself, by name; counts and bytes
 */
public record CacheState(
        String name,
        boolean remote,
        @Nullable Duration ping,
        long hits,
        long misses,
        long errors,
        Map<String, Long> figures) {
    public CacheState {
        figures = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }

    /** The share of lookups that were hits, 0 to 1; empty if there were none. */
    public OptionalDouble hitRate() {
        long all = hits + misses + errors;
        return all == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) hits / all);
    }
}
