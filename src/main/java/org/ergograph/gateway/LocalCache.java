package org.ergograph.gateway;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.ergograph.observation.TimeSource;
import org.ergograph.web.JsonText;

/** Remembers results in this node's memory, bounded by their size; beyond it those are dropped that are least of use. */
final class LocalCache implements ResultCache {
    static final String NAME = "results";
    /** What an entry costs beside the text of its result. */
    private static final int OVERHEAD = 256;

    private record Entry(JsonObject result, int bytes, Duration ttl) {}

    private final Cache<String, Entry> entries;
    private final CacheCounts counts;

    LocalCache(long maxBytes, TimeSource time, CacheCounts counts) {
        this.counts = counts;
        this.entries = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .<String, Entry>weigher((key, entry) -> entry.bytes())
                .expireAfter(Expiry.<String, Entry>creating((key, entry) -> entry.ttl()))
                .ticker(time::nanoTime)
                // Its upkeep is short; by default it would go to a pool that is not the server's.
                .executor(Runnable::run)
                .build();
    }

    @Override
    public CompletionStage<Optional<JsonObject>> get(String key) {
        Entry entry = entries.getIfPresent(key);
        counts.count(entry == null ? CacheCounts.Result.MISS : CacheCounts.Result.HIT);
        return CompletableFuture.completedFuture(Optional.ofNullable(entry).map(Entry::result));
    }

    @Override
    public void put(String key, JsonObject result, Duration ttl) {
        entries.put(key, new Entry(result, JsonText.bytes(result).length + OVERHEAD, ttl));
    }

    /** How many results there are, some of which may have expired. */
    long size() {
        return entries.estimatedSize();
    }

    /** How much they weigh. */
    long bytes() {
        entries.cleanUp();
        return entries.policy()
                .eviction()
                .map(eviction -> eviction.weightedSize().orElse(0))
                .orElse(0L);
    }
}
