package org.ergograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.embedded.RedisServer;

/** Against a real Redis. */
class RedisCacheTest {
    private static final JsonObject RESULT = Texts.json("{'content':[{'type':'text','text':'fine'}]}");

    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final CacheCounts counts = new CacheCounts();
    private int port;
    private RedisServer redis;
    private RedisCache cache;

    RedisCacheTest() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        redis = server();
        cache = cache("redis://127.0.0.1:" + port, Duration.ZERO);
    }

    private RedisServer server() throws IOException {
        return RedisServer.newRedisServer()
                .port(port)
                .bind("127.0.0.1")
                .setting("save \"\"")
                .build();
    }

    private RedisCache cache(String url, Duration leftAlone) {
        CacheSettings settings = new CacheSettings(List.of(), List.of(), 1, 100, url, Duration.ofSeconds(2));
        return new RedisCache(settings, url, 1 << 20, threads, counts, leftAlone);
    }

    @BeforeEach
    void start() throws IOException {
        redis.start();
    }

    @AfterEach
    void stop() throws IOException {
        cache.close();
        threads.shutdownNow();
        if (redis.isActive()) {
            redis.stop();
        }
    }

    private Optional<JsonObject> get(String key) {
        return cache.get(key).toCompletableFuture().join();
    }

    /** What was put is there in a moment: it is put by another thread. */
    private void put(String key, JsonObject result, Duration ttl) {
        cache.put(key, result, ttl);
        long give = System.nanoTime() + 10_000_000_000L;
        while (get(key).isEmpty() && System.nanoTime() < give) {
            Thread.onSpinWait();
        }
    }

    @Test
    void resultComesBackAndIsKeptForItsTime() {
        assertThat(get("a")).isEmpty();
        assertThat(counts.of(CacheCounts.Result.MISS)).isEqualTo(1);
        put("a", RESULT, Duration.ofMinutes(10));
        assertThat(get("a")).contains(RESULT);
        assertThat(counts.of(CacheCounts.Result.ERROR)).isZero();
        try (Jedis client = new Jedis("127.0.0.1", port)) {
            String key = client.keys("*").iterator().next();
            assertThat(key).isEqualTo("ergograph:result:1:a");
            assertThat(client.pttl(key)).isBetween(500_000L, 600_000L);
        }
    }

    @Test
    void longResultIsCompressed() {
        put("long", Texts.json("{'a':'" + "x".repeat(10_000) + "'}"), Duration.ofMinutes(10));
        try (Jedis client = new Jedis("127.0.0.1", port)) {
            assertThat(client.strlen("ergograph:result:1:long")).isBetween(1L, 500L);
        }
        assertThat(get("long").orElseThrow().getString("a")).hasSize(10_000);
    }

    @Test
    void whatSomebodyElsePutThereIsAMissAndCounted() {
        try (Jedis client = new Jedis("127.0.0.1", port)) {
            client.set("ergograph:result:1:odd", "nonsense");
        }
        assertThat(get("odd")).isEmpty();
        assertThat(counts.of(CacheCounts.Result.ERROR)).isEqualTo(1);
    }

    @Test
    void outageIsAMissAndCountedAndItIsUsedAgainWhenItIsBack() throws IOException {
        put("a", RESULT, Duration.ofMinutes(10));
        redis.stop();
        for (int i = 0; i < 20; i++) {
            assertThat(get("a")).isEmpty();
        }
        assertThat(counts.of(CacheCounts.Result.ERROR)).isEqualTo(20);
        cache.put("b", RESULT, Duration.ofMinutes(10));
        assertThat(cache.ping()).isEmpty();
        assertThat(cache.figures()).isEmpty();

        redis = server();
        redis.start();
        put("c", RESULT, Duration.ofMinutes(10));
        assertThat(get("c")).contains(RESULT);
        assertThat(cache.ping()).isPresent();
        assertThat(cache.figures())
                .containsOnlyKeys("memoryBytes", "memoryPeakBytes", "memoryMaxBytes", "clients", "operationsPerSecond");
        assertThat(cache.figures().get("memoryBytes")).isPositive();
    }

    @Test
    void figuresAreTheNumbersThatAreKnown() {
        assertThat(RedisCache.figures("# Memory\r\nused_memory:1024\r\nused_memory_human:1.00K\r\nmaxmemory:\r\n"
                        + "connected_clients:many\r\ninstantaneous_ops_per_sec:7"))
                .isEqualTo(Map.of("memoryBytes", 1024L, "operationsPerSecond", 7L));
        assertThat(RedisCache.figures("")).isEmpty();
    }

    @Test
    void deadOneIsLeftAloneAfterSomeFailures() throws IOException {
        redis.stop();
        cache.close();
        cache = cache("redis://127.0.0.1:" + port, Duration.ofHours(1));
        for (int i = 0; i < 3; i++) {
            assertThat(get("a")).isEmpty();
        }
        redis = server();
        redis.start();
        assertThat(cache.get("a").toCompletableFuture()).as("not even asked").isCompletedWithValue(Optional.empty());
        assertThat(counts.of(CacheCounts.Result.ERROR)).isEqualTo(4);
    }

    @Test
    void passwordAndDatabaseComeFromTheUrl() {
        try (Jedis client = new Jedis("127.0.0.1", port)) {
            client.configSet("requirepass", "s3cret");
        }
        cache.close();
        cache = cache("redis://:s3cret@127.0.0.1:" + port + "/3", Duration.ZERO);
        put("a", RESULT, Duration.ofMinutes(10));
        assertThat(get("a")).contains(RESULT);
        try (Jedis client = new Jedis("127.0.0.1", port)) {
            client.auth("s3cret");
            client.select(3);
            assertThat(client.dbSize()).isEqualTo(1);
        }
    }
}
