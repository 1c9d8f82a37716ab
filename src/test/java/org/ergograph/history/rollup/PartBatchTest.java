package org.ergograph.history.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.ergograph.window.Distribution;
import org.ergograph.window.ValueDistribution;
import org.junit.jupiter.api.Test;

class PartBatchTest {
    private static final long MINUTE = 60_000_000_000L;

    private final PartBatch batch = new PartBatch();

    private static List<String> parts(PartBatch batch) {
        List<String> parts = new ArrayList<>();
        batch.forEach(new PartBatch.Taker() {
            @Override
            public void durations(int series, int node, int minute, Distribution d) {
                parts.add("%d/%d/%d: %d, %d errors, %d ns, %d to %d"
                        .formatted(
                                series, node, minute, d.count(), d.errors(), d.sumNanos(), d.minNanos(), d.maxNanos()));
            }

            @Override
            public void values(int series, int node, int minute, ValueDistribution d) {
                parts.add("%d/%d/%d: %d values, %s".formatted(series, node, minute, d.count(), d.sum()));
            }
        });
        return parts;
    }

    @Test
    void observationBelongsToTheMinuteInWhichItEnded() {
        batch.duration(1, 2, 7 * MINUTE - 1, 5, true);
        batch.duration(1, 2, 7 * MINUTE, 10, false);
        batch.duration(1, 2, 6 * MINUTE, 3, false);
        batch.duration(1, 2, -1, 3, false);
        assertThat(parts(batch))
                .containsExactly(
                        "1/2/6: 2, 1 errors, 8 ns, 3 to 5",
                        "1/2/7: 1, 0 errors, 10 ns, 10 to 10",
                        "1/2/-1: 1, 0 errors, 3 ns, 3 to 3");
    }

    @Test
    void talliesAndSamplesAreParts() {
        batch.durations(1, 2, 60, Distribution.of(1, 4, 6));
        batch.duration(1, 2, MINUTE + 1, 11, false);
        batch.durations(1, 2, 60, Distribution.empty());
        batch.value(3, 2, 119, -1.5);
        batch.value(3, 2, 60, 4);
        batch.value(3, 2, 60, Double.NaN);
        batch.value(4, 2, 60, Double.NaN);
        List<String> expected = List.of("1/2/1: 3, 1 errors, 21 ns, 4 to 11", "3/2/1: 2 values, 2.5");
        assertThat(parts(batch)).isEqualTo(expected);
        assertThat(parts(batch)).as("once more").isEqualTo(expected);
    }

    @Test
    void clearedBatchIsEmpty() {
        assertThat(batch.isEmpty()).isTrue();
        batch.duration(1, 2, 0, 5, true);
        batch.value(1, 2, 0, 5);
        assertThat(batch.isEmpty()).isFalse();
        batch.clear();
        assertThat(batch.isEmpty()).isTrue();
        assertThat(parts(batch)).isEmpty();
        batch.duration(1, 2, 0, 7, false);
        assertThat(parts(batch)).containsExactly("1/2/0: 1, 0 errors, 7 ns, 7 to 7");
    }

    @Test
    void manyKeysStayApart() {
        Random random = new Random(1);
        Map<String, Long> expected = new HashMap<>();
        for (int i = 0; i < 50_000; i++) {
            int series = random.nextInt(2_000);
            int node = random.nextInt(3);
            int minute = 29_000_000 + random.nextInt(3);
            batch.duration(series, node, minute * MINUTE + random.nextInt(1_000), 1, false);
            expected.merge(series + "/" + node + "/" + minute, 1L, Long::sum);
        }
        List<String> lines = new ArrayList<>();
        expected.forEach((key, count) -> lines.add("%s: %d, 0 errors, %d ns, 1 to 1".formatted(key, count, count)));
        assertThat(parts(batch)).containsExactlyInAnyOrderElementsOf(lines);
    }
}
