package org.ergograph.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MovingDistributionTest {
    private static void assertSame(Distribution actual, Distribution expected) {
        assertThat(List.of(actual.count(), actual.errors(), actual.sumNanos(), actual.minNanos(), actual.maxNanos()))
                .isEqualTo(List.of(
                        expected.count(),
                        expected.errors(),
                        expected.sumNanos(),
                        expected.minNanos(),
                        expected.maxNanos()));
        assertThat(actual.compact()).isEqualTo(expected.compact());
    }

    @Test
    void whatIsLeftIsWhatAddingItUpGives() {
        Random random = new Random(7);
        MovingDistribution moving = new MovingDistribution();
        List<Distribution> left = new ArrayList<>();
        for (int step = 0; step < 3000; step++) {
            if (!left.isEmpty() && random.nextInt(100) < 48) {
                moving.dropFirst();
                left.remove(0);
            } else {
                long[] durations = random.longs(random.nextInt(5), 1, 1L << (1 + random.nextInt(40)))
                        .toArray();
                Distribution part = Distribution.of(random.nextInt(durations.length + 1), durations);
                moving.add(part);
                left.add(part);
            }
            if (step % 3 != 0) {
                assertSame(moving.distribution(), Distribution.merged(left));
            }
        }
    }

    @Test
    void greatestGoesWithThePartThatHadIt() {
        MovingDistribution moving = new MovingDistribution();
        moving.add(Distribution.of(0, 9_000));
        moving.add(Distribution.of(0, 1_000, 2_000));
        moving.dropFirst();
        assertThat(moving.distribution().maxNanos()).isEqualTo(2_000);
        assertThat(moving.distribution().minNanos()).isEqualTo(1_000);
    }

    @Test
    void valuesThatAreLeftAreWhatAddingThemUpGives() {
        MovingValues moving = new MovingValues();
        moving.add(ValueDistribution.of(0.1, -3));
        moving.add(ValueDistribution.of(0.2));
        moving.add(ValueDistribution.of(0.3));
        assertThat(moving.distribution().count()).isEqualTo(4);
        moving.dropFirst();
        assertThat(moving.distribution().sum()).isEqualTo(0.2 + 0.3);
        assertThat(moving.distribution().min()).hasValue(0.2);
        moving.dropFirst();
        moving.dropFirst();
        assertThat(moving.distribution().count()).isZero();
    }
}
