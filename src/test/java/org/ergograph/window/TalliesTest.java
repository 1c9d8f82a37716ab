package org.ergograph.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ergograph.observation.Kind;
import org.ergograph.observation.Series;
import org.ergograph.observation.SeriesRegistry;
import org.junit.jupiter.api.Test;

class TalliesTest {
    private final SeriesRegistry registry = new SeriesRegistry(1000);
    private final Series series = registry.resolve(Kind.METHOD, "m");
    private final Tallies tallies = new Tallies(4);

    private Distribution take(Series of) {
        List<Distribution> taken = new ArrayList<>();
        tallies.take((which, distribution) -> {
            if (which == of) {
                taken.add(distribution);
            }
        });
        return Distribution.merged(taken);
    }

    @Test
    void figuresAreExactAndTakenOnce() {
        tallies.record(series, 5, false);
        tallies.record(series, 1_000_003, true);
        tallies.record(series, 77, false);
        Distribution first = take(series);
        assertThat(first.count()).isEqualTo(3);
        assertThat(first.errors()).isEqualTo(1);
        assertThat(first.sumNanos()).isEqualTo(1_000_085);
        assertThat(first.minNanos()).isEqualTo(5);
        assertThat(first.maxNanos()).isEqualTo(1_000_003);
        assertThat(take(series).count()).isZero();
        tallies.record(series, 8, false);
        Distribution second = take(series);
        assertThat(second.minNanos()).isEqualTo(8);
        assertThat(second.maxNanos()).isEqualTo(8);
    }

    @Test
    void seriesAreApart() {
        Series late = series;
        for (int i = 0; i < 600; i++) {
            late = registry.resolve(Kind.METHOD, "m" + i);
        }
        tallies.record(series, 1, false);
        tallies.record(late, 2, false);
        tallies.record(late, 3, false);
        List<String> taken = new ArrayList<>();
        tallies.take((which, distribution) -> taken.add(which.name() + " " + distribution.count()));
        assertThat(taken).containsExactly("m 1", "m599 2");
    }

    @Test
    void everyObservationIsInExactlyOneOfWhatIsTakenWhileOthersRecord() throws Exception {
        int threads = 4;
        int each = 100_000;
        CountDownLatch done = new CountDownLatch(threads);
        for (int t = 0; t < threads; t++) {
            Random random = new Random(t);
            Thread thread = new Thread(() -> {
                for (int i = 0; i < each; i++) {
                    tallies.record(series, 1 + random.nextInt(1000), i % 10 == 0);
                }
                done.countDown();
            });
            thread.start();
        }
        List<Distribution> taken = new ArrayList<>();
        boolean over = false;
        while (!over) {
            over = done.await(1, TimeUnit.MILLISECONDS);
            Distribution part = take(series);
            if (part.count() > 0) {
                assertThat(part.errors()).isLessThanOrEqualTo(part.count());
                assertThat(part.sumNanos()).isBetween(part.count() * part.minNanos(), part.count() * part.maxNanos());
                taken.add(part);
            }
        }
        taken.add(take(series));
        long sum = 0;
        for (int t = 0; t < threads; t++) {
            Random random = new Random(t);
            for (int i = 0; i < each; i++) {
                sum += 1 + random.nextInt(1000);
            }
        }
        Distribution all = Distribution.merged(taken);
        assertThat(all.count()).isEqualTo((long) threads * each);
        assertThat(all.errors()).isEqualTo((long) threads * each / 10);
        assertThat(all.sumNanos()).isEqualTo(sum);
        assertThat(all.minNanos()).isEqualTo(1);
        assertThat(all.maxNanos()).isEqualTo(1000);
    }
}
