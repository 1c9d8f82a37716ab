package org.ergograph.health;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ergograph.gateway.CacheState;
import org.ergograph.gateway.Caching;
import org.ergograph.settings.Threshold;
import org.ergograph.settings.Thresholds;

/**
 * Checks the cache of results. One in Redis is pinged, which is recorded as the observation {@code external cache/ping}, and
 * judged by the thresholds on it; one in memory is always healthy.
 */
@Singleton
class CacheProbe implements HealthProbe {
    private final Caching caching;
    private final Thresholds thresholds;

    @Inject
    CacheProbe(Caching caching, Thresholds thresholds) {
        this.caching = caching;
        this.thresholds = thresholds;
    }

    @Override
    public String name() {
        return "cache";
    }

    @Override
    public Finding check() {
        return judge(
                caching.probe(),
                thresholds.duration(Threshold.CACHE_PING),
                thresholds.duration(Threshold.CACHE_PING_CRITICAL));
    }

    static Finding judge(CacheState state, Duration slow, Duration critical) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("cache", state.name());
        metadata.put("hits", state.hits());
        metadata.put("misses", state.misses());
        metadata.put("errors", state.errors());
        state.hitRate().ifPresent(rate -> metadata.put("hitRate", rate));
        metadata.putAll(state.figures());
        if (!state.remote()) {
            return new Finding(HealthState.HEALTHY, "results are remembered in memory", metadata, null);
        }
        Duration ping = state.ping();
        if (ping == null) {
            return new Finding(
                    HealthState.UNHEALTHY,
                    "the cache's server does not answer; calls go on without it",
                    metadata,
                    "unreachable");
        }
        metadata.put("pingSeconds", ping.toNanos() / 1e9);
        HealthState found = DatabaseProbe.found(ping, slow, critical);
        return found == HealthState.HEALTHY
                ? new Finding(found, "the cache's server answers", metadata, null)
                : new Finding(found, "the cache's server answers slowly: " + ping.toMillis() + " ms", metadata, "slow");
    }
}
