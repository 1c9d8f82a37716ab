package org.ergograph.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.store.UnboundedSizeDenseStore;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DistributionTest {
    private static final double[] QUANTILES = {0, 0.001, 0.01, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1};

    static Stream<Arguments> distributions() {
        return Stream.of(
                shape("uniform", r -> (long) (r.nextDouble() * 1e9)),
                shape("lognormal", r -> (long) Math.exp(15 + 2 * r.nextGaussian())),
                shape("pareto", r -> (long) (1e6 / Math.pow(1 - r.nextDouble(), 1 / 1.1))),
                shape(
                        "bimodal",
                        r -> r.nextInt(10) == 0 ? 2_000_000_000L + r.nextInt(1000) : 300_000L + r.nextInt(100)),
                shape("constant", r -> 1_234_567L),
                shape("nearly nothing", r -> r.nextInt(3)),
                shape("weeks", r -> 1_000_000_000L * 86_400 * (1 + r.nextInt(60))),
                shape("everything", r -> r.nextLong() >>> (11 + r.nextInt(53))));
    }

    private static Arguments shape(String name, ToLongFunction<Random> draw) {
        return Arguments.of(name, draw);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("distributions")
    void quantileIsWithinOnePercentOfTheNearestRank(String name, ToLongFunction<Random> draw) {
        for (int size : new int[] {1, 2, 3, 10, 99, 100, 101, 5_000}) {
            long[] values = draw(draw, size, size);
            Distribution distribution = of(values);
            Arrays.sort(values);
            for (double q : QUANTILES) {
                double exact = values[(int) Math.max(1, Math.ceil(q * size - 1e-9)) - 1] / 1e9;
                assertThat(distribution.quantileSeconds(q).orElseThrow())
                        .as("p%s of %d", q * 100, size)
                        .isCloseTo(exact, within(exact * Distribution.RELATIVE_ERROR));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("distributions")
    void countAndMeanAreExact(String name, ToLongFunction<Random> draw) {
        long[] values = draw(draw, 1_000, 7);
        Distribution distribution = of(values);
        assertThat(distribution.count()).isEqualTo(1_000);
        assertThat(distribution.sumNanos()).isEqualTo(Arrays.stream(values).sum());
        assertThat(distribution.meanSeconds().orElseThrow())
                .isCloseTo(Arrays.stream(values).sum() / 1e12, within(1e-3 * distribution.sumNanos() / 1e12));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("distributions")
    void mergedPartsAreTheWhole(String name, ToLongFunction<Random> draw) {
        long[] values = draw(draw, 999, 3);
        Distribution whole = of(values);
        Distribution merged = Distribution.merged(List.of(
                of(Arrays.copyOfRange(values, 0, 500)),
                Distribution.empty(),
                of(Arrays.copyOfRange(values, 500, 999))));
        assertThat(merged.count()).isEqualTo(999);
        assertThat(merged.sumNanos()).isEqualTo(whole.sumNanos());
        for (double q : QUANTILES) {
            assertThat(merged.quantileSeconds(q)).isEqualTo(whole.quantileSeconds(q));
        }
        assertThat(merged.encode()).isEqualTo(whole.encode());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("distributions")
    void encodedSketchKeepsCountAndQuantiles(String name, ToLongFunction<Random> draw) throws IOException {
        long[] values = draw(draw, 999, 5);
        Distribution distribution = of(values);
        DDSketch sketch = DDSketch.decode(ByteArrayInput.wrap(distribution.encode()), UnboundedSizeDenseStore::new);
        assertThat(sketch.getCount()).isEqualTo(999);
        Arrays.sort(values);
        // The sketch ranks from 0 to n - 1.
        for (int rank : new int[] {1, 250, 500, 950, 999}) {
            double exact = values[rank - 1];
            assertThat(sketch.getValueAtQuantile((rank - 1) / 998.0))
                    .as("rank %d", rank)
                    .isCloseTo(exact, within(exact * Distribution.RELATIVE_ERROR));
        }
    }

    @Test
    void encodedSketchesMerge() throws IOException {
        DDSketch sketch =
                DDSketch.decode(ByteArrayInput.wrap(of(0, 1_000, 2_000).encode()), UnboundedSizeDenseStore::new);
        sketch.decodeAndMergeWith(ByteArrayInput.wrap(of(0, 4_000).encode()));
        assertThat(sketch.getCount()).isEqualTo(5);
        assertThat(sketch.getMinValue()).isZero();
        assertThat(sketch.getMaxValue()).isCloseTo(4_000, within(40.0));
    }

    @ParameterizedTest
    @CsvSource({
        "0.95, 1, 1",
        "0.95, 20, 19",
        "0.95, 21, 20",
        "0.07, 100, 7",
        "0.29, 100, 29",
        "0.5, 2, 1",
        "0, 5, 1",
        "1, 5, 5",
        "0.99, 1000000007, 990000007"
    })
    void rankIsTheCeilingOfTheShare(double q, long n, long rank) {
        assertThat(Distribution.rank(q, n)).isEqualTo(rank);
    }

    @Test
    void oneObservationHasEveryQuantile() {
        Distribution one = of(42_000_000);
        assertThat(one.quantileSeconds(0.95).orElseThrow()).isCloseTo(0.042, within(0.00042));
        assertThat(one.quantileSeconds(0.99)).isEqualTo(one.quantileSeconds(0.5));
    }

    @Test
    void errorsAreAShareOfAll() {
        Distribution one = Distribution.of(1, 1, 2, 3, 4);
        assertThat(one.errors()).isEqualTo(1);
        assertThat(one.errorRate()).hasValue(0.25);
        assertThat(Distribution.merged(List.of(one, of(5))).errorRate()).hasValue(0.2);
    }

    @Test
    void nothingHasNoFigures() {
        Distribution none = Distribution.empty();
        assertThat(none.count()).isZero();
        assertThat(none.quantileSeconds(0.95)).isEmpty();
        assertThat(none.meanSeconds()).isEmpty();
        assertThat(none.errorRate()).isEmpty();
        assertThat(Distribution.merged(List.of()).quantileSeconds(0.5)).isEmpty();
    }

    @Test
    void quantileOutsideItsRangeIsRefused() {
        for (double q : new double[] {-0.01, 1.01, Double.NaN}) {
            assertThatThrownBy(() -> of(1).quantileSeconds(q))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("quantile is " + q + ": must be 0 to 1");
        }
    }

    private static long[] draw(ToLongFunction<Random> draw, int size, int seed) {
        Random random = new Random(seed);
        return Stream.generate(() -> draw.applyAsLong(random))
                .limit(size)
                .mapToLong(v -> v)
                .toArray();
    }

    private static Distribution of(long... values) {
        return Distribution.of(0, values);
    }
}
