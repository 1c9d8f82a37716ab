package org.ergograph.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.store.UnboundedSizeDenseStore;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ValueDistributionTest {
    static Stream<Arguments> shapes() {
        return Stream.of(
                shape("percent", r -> r.nextDouble() * 100),
                shape("bytes", r -> Math.rint(r.nextDouble() * 1e12)),
                shape("either sign", r -> r.nextGaussian() * 10),
                shape("mostly zero", r -> r.nextInt(5) == 0 ? -1.5 : 0),
                shape("every size", r -> Math.scalb(r.nextGaussian(), r.nextInt(600) - 300)),
                shape("constant", r -> -0.0421));
    }

    private static Arguments shape(String name, ToDoubleFunction<Random> draw) {
        return Arguments.of(name, draw);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void mergedAndDecodedQuantileIsWithinOnePercentOfTheNearestRank(String name, ToDoubleFunction<Random> draw) {
        Random random = new Random(6);
        double[] values = DoubleStream.generate(() -> draw.applyAsDouble(random))
                .limit(2_000)
                .toArray();
        ValueAdder adder = new ValueAdder();
        for (int i = 0; i < values.length; i += 50) {
            ValueDistribution part = ValueDistribution.of(Arrays.copyOfRange(values, i, i + 50));
            if (i % 100 == 0) {
                adder.add(part);
            } else {
                adder.add(
                        part.compact(),
                        part.sum(),
                        part.min().orElseThrow(),
                        part.max().orElseThrow());
            }
        }
        ValueDistribution merged = adder.take();
        assertThat(merged.count()).isEqualTo(2_000);
        double sum = Arrays.stream(values).sum();
        assertThat(merged.sum()).isCloseTo(sum, within(1e-9 * Math.abs(sum)));
        Arrays.sort(values);
        assertThat(merged.min()).hasValue(values[0]);
        assertThat(merged.max()).hasValue(values[1_999]);
        for (double q : new double[] {0, 0.001, 0.01, 0.25, 0.5, 0.75, 0.95, 0.99, 1}) {
            double exact = values[(int) Math.max(1, Math.ceil(q * 2_000 - 1e-9)) - 1];
            assertThat(merged.quantile(q).orElseThrow())
                    .as("p%s", q * 100)
                    .isCloseTo(exact, within(Math.abs(exact) * Distribution.RELATIVE_ERROR));
        }
        assertThat(ValueDistribution.of(values).compact()).isEqualTo(merged.compact());
    }

    @Test
    void libraryDecodesIt() throws IOException {
        ValueDistribution distribution = ValueDistribution.of(-3, -3, 0, 0, 0, 1e-3, 7e9);
        DDSketch sketch = DDSketch.decode(
                ByteArrayInput.wrap(distribution.compact()), UnboundedSizeDenseStore::new, Buckets.MAPPING);
        assertThat(sketch.getCount()).isEqualTo(7);
        assertThat(sketch.getMinValue()).isCloseTo(-3, within(0.03));
        assertThat(sketch.getMaxValue()).isCloseTo(7e9, within(7e7));
        assertThat(sketch.getValueAtQuantile(0.5)).isZero();
    }

    @Test
    void nothingHasNoFigures() {
        ValueDistribution none = ValueDistribution.of(Double.NaN, Double.POSITIVE_INFINITY);
        assertThat(none.count()).isZero();
        assertThat(none.quantile(0.5)).isEmpty();
        assertThat(none.mean()).isEmpty();
        assertThat(none.min()).isEmpty();
        assertThat(none.max()).isEmpty();
        assertThatThrownBy(() -> none.quantile(1.1)).hasMessage("quantile is 1.1: must be 0 to 1");
    }

    @Test
    void otherBytesAreRefusedAndNothingOfThemIsKept() {
        ValueAdder adder = new ValueAdder();
        adder.add(1);
        assertThatThrownBy(() -> adder.add(new byte[] {5, 3, 1}, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThat(adder.take().count()).isZero();
    }
}
