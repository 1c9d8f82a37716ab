package org.ergograph.gateway;

import dev.failsafe.CircuitBreaker;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Remembers results in Redis, for all nodes. Nothing of it happens on the caller's thread, and no more at once than there are
 * connections: what finds none free is a miss. So is whatever Redis does not answer in time; after some of that it is left
 * alone for a while, so that a dead one costs nothing. Thread-safe.
 */
final class RedisCache implements ResultCache, AutoCloseable {
    static final String NAME = "redis";

    private static final System.Logger LOG = System.getLogger(RedisCache.class.getName());
    private static final String PREFIX = "ergograph:result:1:";
    private static final Map<String, String> FIGURES = Map.of(
            "used_memory", "memoryBytes",
            "used_memory_peak", "memoryPeakBytes",
            "maxmemory", "memoryMaxBytes",
            "connected_clients", "clients",
            "instantaneous_ops_per_sec", "operationsPerSecond");
    private static final int CONNECTIONS = 8;
    private static final int FAILURES = 3;
    private static final Duration LEFT_ALONE = Duration.ofSeconds(5);

    private final CacheSettings settings;
    private final int maxBytes;
    private final Executor executor;
    private final CacheCounts counts;
    private final Semaphore places = new Semaphore(CONNECTIONS);
    private final JedisPooled redis;
    private final CircuitBreaker<Object> breaker;
    private volatile boolean failing;

    /**
     * @param maxBytes how long a result may be
     * @param executor does the work, and may wait
     */
    RedisCache(CacheSettings settings, String url, int maxBytes, Executor executor, CacheCounts counts) {
        this(settings, url, maxBytes, executor, counts, LEFT_ALONE);
    }

    RedisCache(
            CacheSettings settings,
            String url,
            int maxBytes,
            Executor executor,
            CacheCounts counts,
            Duration leftAlone) {
        this.settings = settings;
        this.maxBytes = maxBytes;
        this.executor = executor;
        this.counts = counts;
        // No eviction runs: they would be a thread of the pool's own.
        GenericObjectPoolConfig<Connection> pool = new GenericObjectPoolConfig<>();
        pool.setMaxTotal(CONNECTIONS);
        pool.setMaxIdle(CONNECTIONS);
        pool.setMaxWait(settings.redisTimeout());
        pool.setJmxEnabled(false);
        this.redis = new JedisPooled(
                pool, URI.create(url), (int) settings.redisTimeout().toMillis());
        this.breaker = CircuitBreaker.builder()
                .withFailureThreshold(FAILURES)
                .withDelay(leftAlone)
                .build();
    }

    private interface Command<T> {
        @Nullable
        T run(JedisPooled redis) throws IOException;
    }

    @Override
    public CompletionStage<Optional<JsonObject>> get(String key) {
        CompletableFuture<Optional<JsonObject>> result = new CompletableFuture<>();
        boolean asked = submit(
                client -> {
                    byte[] packed = client.get(bytes(key));
                    return packed == null ? null : Packed.unpack(packed, maxBytes);
                },
                (found, failed) -> {
                    counts.count(
                            failed
                                    ? CacheCounts.Result.ERROR
                                    : found == null ? CacheCounts.Result.MISS : CacheCounts.Result.HIT);
                    result.complete(Optional.ofNullable(found));
                });
        if (!asked) {
            counts.count(CacheCounts.Result.ERROR);
            result.complete(Optional.empty());
        }
        return result;
    }

    @Override
    public void put(String key, JsonObject result, Duration ttl) {
        submit(
                client -> client.psetex(bytes(key), ttl.toMillis(), Packed.pack(result, settings.compressBytes())),
                (done, failed) -> {});
    }

    private interface Then<T> {
        void accept(@Nullable T value, boolean failed);
    }

    /** Whether it is done at all, elsewhere. */
    private <T> boolean submit(Command<T> command, Then<T> then) {
        if (!places.tryAcquire()) {
            return false;
        }
        if (!breaker.tryAcquirePermit()) {
            places.release();
            return false;
        }
        try {
            executor.execute(() -> execute(command, then));
            return true;
        } catch (RejectedExecutionException e) {
            places.release();
            breaker.recordFailure();
            return false;
        }
    }

    private <T> void execute(Command<T> command, Then<T> then) {
        @Nullable T value = null;
        boolean failed = true;
        try {
            value = command.run(redis);
            failed = false;
        } catch (JedisException | IOException e) {
            failure(e);
        } finally {
            places.release();
            if (failed) {
                breaker.recordFailure();
            } else {
                breaker.recordSuccess();
                answered();
            }
            then.accept(value, failed);
        }
    }

    /** Asks it for a sign of life, and waits: not for request threads. Answers how long that took; empty if there was none. */
    Optional<Duration> ping() {
        long start = System.nanoTime();
        try {
            redis.ping();
            answered();
            return Optional.of(Duration.ofNanos(System.nanoTime() - start));
        } catch (JedisException e) {
            failure(e);
            return Optional.empty();
        }
    }

    /** What it says of itself, and waits; empty if it does not say. */
    Map<String, Long> figures() {
        try {
            return figures(redis.info());
        } catch (JedisException e) {
            return Map.of(); // not everybody may ask for it, and a ping says already whether it answers
        }
    }

    /** @param info lines of {@code name:value} */
    static Map<String, Long> figures(String info) {
        Map<String, Long> figures = new LinkedHashMap<>();
        for (String line : info.split("\\R", -1)) {
            int colon = line.indexOf(':');
            String field = colon < 0 ? null : FIGURES.get(line.substring(0, colon));
            String value = line.substring(colon + 1);
            if (field != null && !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
                figures.put(field, Long.parseLong(value));
            }
        }
        return figures;
    }

    private void failure(Exception e) {
        if (!failing) {
            failing = true;
            // The message may hold the address, but never the password.
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Redis does not serve as a cache; calls go on without: "
                            + e.getClass().getSimpleName());
        }
    }

    private void answered() {
        if (failing) {
            failing = false;
            LOG.log(System.Logger.Level.INFO, "Redis serves as a cache again");
        }
    }

    private static byte[] bytes(String key) {
        return (PREFIX + key).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        redis.close();
    }
}
