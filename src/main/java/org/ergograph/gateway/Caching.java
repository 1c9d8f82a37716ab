package org.ergograph.gateway;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.ergograph.observation.Kind;
import org.ergograph.observation.Meters;
import org.ergograph.observation.Metrics;
import org.ergograph.observation.Periodic;
import org.ergograph.observation.Recorder;
import org.ergograph.observation.TimeSource;
import org.ergograph.observation.Timing;
import org.jspecify.annotations.Nullable;

/** Makes the cache that the configuration asks for, publishes its figures, and pings it if it is another server's. */
@Singleton
class Caching implements Periodic {
    private static final Duration PING = Duration.ofSeconds(30);

    private final Recorder recorder;
    private final CacheCounts counts = new CacheCounts();
    private final ResultCache cache;
    private final @Nullable RedisCache redis;
    private volatile double pingSeconds = Double.NaN;

    @Inject
    Caching(
            Recorder recorder,
            CacheSettings settings,
            GatewaySettings gateway,
            TimeSource time,
            Instance<Meters> meters) {
        this.recorder = recorder;
        String url = settings.redisUrl();
        if (url == null) {
            LocalCache local = new LocalCache(settings.maxBytes(), time, counts);
            this.cache = local;
            this.redis = null;
            if (meters.isResolvable()) {
                publish(meters.get(), LocalCache.NAME);
                meters.get().gauge(Metrics.CACHE_ENTRIES, local::size, LocalCache.NAME);
                meters.get().gauge(Metrics.CACHE_BYTES, local::bytes, LocalCache.NAME);
            }
        } else {
            RedisCache remote = new RedisCache(settings, url, 2 * gateway.maxResultBytes(), managed(), counts);
            this.cache = remote;
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

    @Override
    public Duration interval() {
        return PING;
    }

    @Override
    public void run() {
        RedisCache remote = redis;
        if (remote == null) {
            return;
        }
        Timing timing = recorder.start(recorder.series(Kind.EXTERNAL, RedisCache.NAME, "ping"));
        Optional<Duration> took = remote.ping();
        if (took.isEmpty()) {
            timing.errorType("unreachable");
        }
        recorder.stop(timing);
        pingSeconds = took.map(duration -> duration.toNanos() / 1e9).orElse(Double.NaN);
    }

    @PreDestroy
    void close() {
        if (redis != null) {
            redis.close();
        }
    }
}
