package org.ergograph.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class DistributionTest {
    private static final long[] BOUNDS = {10, 100, 1000};

    private final long[] counts = new long[4];
    private final long[] sums = new long[4];

    private void drain(Distribution distribution) {
        distribution.drain((bucket, count, sum) -> {
            counts[bucket] += count;
            sums[bucket] += sum;
        });
    }

    @Test
    void aBoundBelongsToItsBucket() {
        Distribution distribution = new Distribution(BOUNDS);
        for (long value : new long[] {0, 10, 11, 100, 101, 1000, 1001, 5_000_000}) {
            distribution.record(value);
        }
        drain(distribution);
        assertThat(counts).containsExactly(2, 2, 2, 2);
        assertThat(sums).containsExactly(10, 111, 1101, 5_001_001);
    }

    @Test
    void whatWasDrainedIsNotDrainedAgain() {
        Distribution distribution = new Distribution(BOUNDS);
        distribution.record(7);
        distribution.record(Long.MAX_VALUE / 4);
        drain(distribution);
        drain(distribution);
        assertThat(counts).containsExactly(1, 0, 0, 1);
    }

    @Test
    void largeValuesAreExact() {
        Distribution distribution = new Distribution(BOUNDS);
        long hour = 3_600_000_000_000L;
        for (int i = 0; i < 1000; i++) {
            distribution.record(hour + i);
            distribution.record((1L << 32) - 1);
            distribution.record(1L << 32);
        }
        drain(distribution);
        assertThat(counts[3]).isEqualTo(3000);
        assertThat(sums[3]).isEqualTo(1000 * hour + 499_500 + 1000 * ((1L << 33) - 1));
    }

    @Test
    void aWordNeverOverflows() {
        Distribution distribution = new Distribution(BOUNDS);
        long value = (1L << 32) - 1;
        for (int i = 0; i < 300_000; i++) {
            distribution.record(1);
            distribution.record(value);
        }
        drain(distribution);
        assertThat(counts).containsExactly(300_000, 0, 0, 300_000);
        assertThat(sums).containsExactly(300_000, 0, 0, 300_000 * value);
    }

    @Test
    void eightThreadsAndAReaderLoseNothing() throws Exception {
        Distribution distribution = new Distribution(BOUNDS);
        int threads = 8;
        int each = 200_000;
        long[] expectedCounts = new long[4];
        long[] expectedSums = new long[4];
        List<long[]> inputs = new ArrayList<>();
        Random random = new Random(42);
        for (int t = 0; t < threads; t++) {
            long[] input = random.longs(each, 0, 2000).toArray();
            input[each / 2] = 1L << 40;
            for (long value : input) {
                int bucket = distribution.bucketOf(value);
                expectedCounts[bucket]++;
                expectedSums[bucket] += value;
            }
            inputs.add(input);
        }
        ExecutorService pool = Executors.newFixedThreadPool(threads + 1);
        try {
            AtomicBoolean done = new AtomicBoolean();
            Future<?> reader = pool.submit(() -> {
                while (!done.get()) {
                    drain(distribution);
                }
            });
            List<Future<?>> writers = new ArrayList<>();
            for (long[] input : inputs) {
                writers.add(pool.submit(() -> {
                    for (long value : input) {
                        distribution.record(value);
                    }
                }));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
            done.set(true);
            reader.get();
        } finally {
            pool.shutdownNow();
        }
        drain(distribution);
        assertThat(counts).containsExactly(expectedCounts);
        assertThat(sums).containsExactly(expectedSums);
    }

    @Test
    void replayMeetsCountAndSumAndStaysInTheBucket() {
        Random random = new Random(7);
        for (int round = 0; round < 1000; round++) {
            Distribution distribution = new Distribution(BOUNDS);
            for (int i = 0; i < 1 + random.nextInt(20); i++) {
                distribution.record(random.nextInt(1200));
            }
            distribution.drain((bucket, count, sum) -> {
                long[] seen = new long[2];
                Instrument instrument = (value, times) -> {
                    assertThat(distribution.bucketOf(value)).isEqualTo(bucket);
                    seen[0] += times;
                    seen[1] += value * times;
                };
                instrument.replay(count, sum);
                assertThat(seen).containsExactly(count, sum);
            });
        }
    }
}
