package org.ergograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.ergograph.observation.NotingRecorder;
import org.junit.jupiter.api.Test;

class LocalCacheTest {
    private final NotingRecorder time = new NotingRecorder();
    private final CacheCounts counts = new CacheCounts();
    private final LocalCache cache = new LocalCache(10_000, time, counts);

    private boolean holds(String key) {
        return cache.get(key).toCompletableFuture().join().isPresent();
    }

    @Test
    void resultIsThereUntilItsTimeIsOverAndNoLonger() {
        cache.put("short", Texts.json("{'a':1}"), Duration.ofMillis(100));
        cache.put("long", Texts.json("{'a':2}"), Duration.ofMillis(200));
        time.advanceMillis(99);
        assertThat(cache.get("short").toCompletableFuture().join()).contains(Texts.json("{'a':1}"));
        time.advanceMillis(1);
        assertThat(holds("short")).isFalse();
        assertThat(holds("long")).isTrue();
        assertThat(counts.of(CacheCounts.Result.HIT)).isEqualTo(2);
        assertThat(counts.of(CacheCounts.Result.MISS)).isEqualTo(1);
        assertThat(counts.hitRatio()).isEqualTo(2 / 3.0);
    }

    @Test
    void memoryIsBounded() {
        String large = "{'a':'" + "x".repeat(1_000) + "'}";
        for (int i = 0; i < 1_000; i++) {
            cache.put("key" + i, Texts.json(large), Duration.ofHours(1));
        }
        assertThat(cache.bytes()).isPositive().isLessThanOrEqualTo(10_000);
        assertThat(cache.size()).isLessThan(10);
    }

    @Test
    void resultThatIsLargerThanAllIsNotKept() {
        cache.put("huge", Texts.json("{'a':'" + "x".repeat(20_000) + "'}"), Duration.ofHours(1));
        assertThat(cache.bytes()).isZero();
        assertThat(holds("huge")).isFalse();
    }
}
