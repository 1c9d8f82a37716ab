package org.ergograph.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.datadoghq.sketch.ddsketch.mapping.BitwiseLinearlyInterpolatedMapping;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketsTest {
    /** The same mapping as {@link Buckets#MAPPING}, computed on bits by the library. */
    private static final BitwiseLinearlyInterpolatedMapping LIBRARY = new BitwiseLinearlyInterpolatedMapping(0.01);

    @Test
    void bucketIsTheLibrarysIndex() {
        Random random = new Random(1);
        for (int i = 0; i < 200_000; i++) {
            // Up to 2^53: beyond, the library's argument is rounded.
            long nanos = random.nextLong() >>> (11 + random.nextInt(53));
            if (nanos > 0) {
                assertThat(Buckets.index(Buckets.of(nanos))).as("%d ns", nanos).isEqualTo(LIBRARY.index((double)
                        nanos));
            }
        }
    }

    @Test
    void mappingThatSketchesCarryGuaranteesTheStatedError() {
        assertThat(Buckets.MAPPING.relativeAccuracy())
                .isLessThanOrEqualTo(Distribution.RELATIVE_ERROR)
                .isCloseTo(LIBRARY.relativeAccuracy(), offset(1e-12));
    }

    @Test
    void bucketsValueIsWithinOne128thOfWhatFallsIntoIt() {
        Random random = new Random(2);
        for (int i = 0; i < 200_000; i++) {
            long nanos = random.nextLong() >>> (1 + random.nextInt(62));
            if (nanos > 0) {
                double error = Math.abs(Buckets.nanos(Buckets.of(nanos)) - (double) nanos) / (double) nanos;
                assertThat(error).as("%d ns", nanos).isLessThanOrEqualTo(1.0 / 128);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 17, 63, 64, 127})
    void aFewNanosecondsAreExact(long nanos) {
        assertThat(Buckets.nanos(Buckets.of(nanos))).isEqualTo((double) nanos);
    }

    @Test
    void extremesHaveBuckets() {
        assertThat(Buckets.of(0)).isZero();
        assertThat(Buckets.of(-1)).isZero();
        assertThat(Buckets.of(Long.MIN_VALUE)).isZero();
        assertThat(Buckets.of(Long.MAX_VALUE)).isEqualTo(Buckets.COUNT - 1);
    }
}
