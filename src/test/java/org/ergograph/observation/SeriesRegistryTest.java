package org.ergograph.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SeriesRegistryTest {
    @Test
    void equalValuesAreOneSeries() {
        SeriesRegistry registry = new SeriesRegistry(10);

        assertThat(registry.resolve(Kind.DB, "select", "users")).isSameAs(registry.resolve(Kind.DB, "select", "users"));
        assertThat(registry.resolve(Kind.DB, "select", "users").name()).isEqualTo("select users");
        assertThat(registry.resolve(Kind.DB, "select", "users").attributes())
                .containsExactly(java.util.Map.entry("operation", "select"), java.util.Map.entry("table", "users"));
    }

    @Test
    void theLimitIsReachedNotPassed() {
        SeriesRegistry registry = new SeriesRegistry(2);
        Series first = registry.resolve(Kind.METHOD, "a");
        Series second = registry.resolve(Kind.METHOD, "b");
        Series third = registry.resolve(Kind.METHOD, "c");

        assertThat(third.values()).containsExactly(SeriesRegistry.OTHER);
        assertThat(registry.overflow(Kind.METHOD)).isEqualTo(1);
        assertThat(registry.resolve(Kind.METHOD, "a")).isSameAs(first);
        assertThat(registry.resolve(Kind.METHOD, "b")).isSameAs(second);
        assertThat(registry.resolve(Kind.TOOL, "x", "general").value(0)).isEqualTo("x");
    }

    @Test
    void aHundredThousandNamesFromEightThreadsStayWithinTheLimit() throws Exception {
        int limit = 1_000;
        int threads = 8;
        SeriesRegistry registry = new SeriesRegistry(limit);
        Set<Series> seen = ConcurrentHashMap.newKeySet();
        run(threads, thread -> {
            for (int i = thread; i < 100_000; i += threads) {
                seen.add(registry.resolve(Kind.TOOL, "tool-" + i, "general"));
            }
        });

        assertThat(seen).hasSizeLessThanOrEqualTo(limit + 1).hasSizeGreaterThan(limit - threads);
        assertThat(registry.overflow(Kind.TOOL)).isEqualTo(100_000L - (seen.size() - 1));
        assertThat(seen.stream().mapToInt(Series::id).distinct().count()).isEqualTo(seen.size());
    }

    @Test
    void racersForOneNameGetOneSeries() throws Exception {
        SeriesRegistry registry = new SeriesRegistry(1_000);
        Set<Series> seen = ConcurrentHashMap.newKeySet();
        run(8, thread -> {
            for (int i = 0; i < 500; i++) {
                seen.add(registry.resolve(Kind.DB, "select", "t" + i));
            }
        });

        assertThat(seen).hasSize(500);
        assertThat(registry.overflow(Kind.DB)).isZero();
    }

    @Test
    void aWrongNumberOfValuesIsRefused() {
        SeriesRegistry registry = new SeriesRegistry(1);

        assertThatThrownBy(() -> registry.resolve(Kind.DB, "select"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("operation")
                .hasMessageContaining("table");
        assertThatThrownBy(() -> new SeriesRegistry(0)).hasMessageContaining("at least 1");
    }

    private interface Part {
        void run(int thread);
    }

    private static void run(int threads, Part part) throws ExecutionException, InterruptedException {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<?>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                futures.add(executor.submit(() -> {
                    start.await();
                    part.run(thread);
                    return null;
                }));
            }
            start.countDown();
            for (Future<?> future : futures) {
                future.get();
            }
        } finally {
            executor.shutdownNow();
        }
    }
}
