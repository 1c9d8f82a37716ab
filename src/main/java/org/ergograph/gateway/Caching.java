package org.ergograph.gateway;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.ergograph.observation.Kind;
import org.ergograph.observation.Meters;
import org.ergograph.observation.Metrics;
import org.ergograph.observation.Recorder;
import org.ergograph.observation.Sample;
import org.ergograph.observation.TimeSource;
import org.ergograph.observation.Timing;
import org.jspecify.annotations.Nullable;

/** Makes the cache that the configuration asks for, publishes its figures, and asks how it does. Thread-safe. */
@Singleton
public class Caching {
    private final Recorder recorder;
    private final TimeSource time;
    private final CacheCounts counts = new CacheCounts();
    private final ResultCache cache;
    private final @Nullable LocalCache local;
    private final @Nullable RedisCache redis;
    private final long maxBytes;
    private final HitRate hitRate = new HitRate(counts);
    private volatile double pingSeconds = Double.NaN;

    @Inject
    Caching(
            Recorder recorder,
            CacheSettings settings,
            GatewaySettings gateway,
            TimeSource time,
            Instance<Meters> meters) {
        this.recorder = recorder;
        this.time = time;
        this.maxBytes = settings.maxBytes();
        String url = settings.redisUrl();
        if (url == null) {
            LocalCache memory = new LocalCache(settings.maxBytes(), time, counts);
            this.cache = memory;
            this.local = memory;
            this.redis = null;
            if (meters.isResolvable()) {
                publish(meters.get(), LocalCache.NAME);
                meters.get().gauge(Metrics.CACHE_ENTRIES, memory::size, LocalCache.NAME);
                meters.get().gauge(Metrics.CACHE_BYTES, memory::bytes, LocalCache.NAME);
            }
        } else {
            RedisCache remote = new RedisCache(settings, url, 2 * gateway.maxResultBytes(), managed(), counts);
            this.cache = remote;
            this.local = null;
            this.redis = remote;
            if (meters.isResolvable()) {
                publish(meters.get(), RedisCache.NAME);
                meters.get().gauge(Metrics.CACHE_PING, () -> pingSeconds, RedisCache.NAME);
            }
        }
    }

    @SuppressWarnings("BanJNDI") // a constant name of the specification
    private static Executor managed() {
        try {
            return (Executor) new InitialContext().lookup("java:comp/DefaultManagedExecutorService");
        } catch (NamingException e) {
            throw new IllegalStateException("the server has no DefaultManagedExecutorService", e);
        }
    }

    private void publish(Meters meters, String name) {
        for (CacheCounts.Result result : CacheCounts.Result.values()) {
            meters.counter(Metrics.CACHE_REQUESTS, () -> counts.of(result), name, result.label());
        }
        meters.gauge(Metrics.CACHE_HIT_RATIO, counts::hitRatio, name);
    }

    @Produces
    @Singleton
    ResultCache cache() {
        return cache;
    }

    /**
     * Asks the cache how it does, and waits for its server: not for request threads. A ping is recorded as the observation
     * {@code external cache/ping}, and the share of lookups that were hits since the last time as the sample
     * {@code cache_hit_rate}, as soon as there were enough of them.
     */
    public CacheState probe() {
        synchronized (hitRate) {
            hitRate.next().ifPresent(rate -> recorder.sample(new Sample("cache_hit_rate", "1", time.now(), rate)));
        }
        RedisCache remote = redis;
        return remote == null ? state(LocalCache.NAME, null, figures()) : ping(remote);
    }

    private CacheState ping(RedisCache remote) {
        Timing timing = recorder.start(recorder.series(Kind.EXTERNAL, "cache", "ping"));
        Optional<Duration> took = remote.ping();
        if (took.isEmpty()) {
            timing.errorType("unreachable");
        }
        recorder.stop(timing);
        pingSeconds = took.map(duration -> duration.toNanos() / 1e9).orElse(Double.NaN);
        return state(RedisCache.NAME, took.orElse(null), took.isEmpty() ? Map.of() : remote.figures());
    }

    private CacheState state(String name, @Nullable Duration ping, Map<String, Long> figures) {
        return new CacheState(
                name,
                redis != null,
                ping,
                counts.of(CacheCounts.Result.HIT),
                counts.of(CacheCounts.Result.MISS),
                counts.of(CacheCounts.Result.ERROR),
                figures);
    }

    private Map<String, Long> figures() {
        Map<String, Long> figures = new LinkedHashMap<>();
        if (local != null) {
            figures.put("entries", local.size());
            figures.put("memoryBytes", local.bytes());
            figures.put("memoryMaxBytes", maxBytes);
        }
        return figures;
    }

    @PreDestroy
    void close() {
        if (redis != null) {
            redis.close();
        }
    }
}
