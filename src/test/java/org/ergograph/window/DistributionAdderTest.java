package org.ergograph.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.mapping.LogarithmicMapping;
import com.datadoghq.sketch.ddsketch.store.UnboundedSizeDenseStore;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DistributionAdderTest {
    private final DistributionAdder adder = new DistributionAdder();

    private static void add(DistributionAdder adder, Distribution distribution) {
        adder.add(
                distribution.compact(),
                distribution.errors(),
                distribution.sumNanos(),
                distribution.minNanos(),
                distribution.maxNanos());
    }

    private static long[] random(int size, long seed) {
        Random random = new Random(seed);
        return LongStream.generate(() -> random.nextLong() >>> (1 + random.nextInt(63)))
                .limit(size)
                .map(nanos -> nanos / 1_000_000)
                .toArray();
    }

    @Test
    void decodedPartsAreTheWhole() {
        long[] values = random(5_000, 1);
        for (int i = 0; i < values.length; i += 100) {
            add(adder, Distribution.of(i % 3, Arrays.copyOfRange(values, i, i + 100)));
        }
        Distribution merged = adder.take();
        assertThat(merged.encode()).isEqualTo(Distribution.of(0, values).encode());
        assertThat(merged.count()).isEqualTo(5_000);
        assertThat(merged.errors()).isEqualTo(49);
        assertThat(merged.sumNanos()).isEqualTo(Arrays.stream(values).sum());
        assertThat(merged.minNanos()).isEqualTo(Arrays.stream(values).min().orElseThrow());
        assertThat(merged.maxNanos()).isEqualTo(Arrays.stream(values).max().orElseThrow());
        assertThat(adder.count()).isZero();
        assertThat(adder.take().count()).isZero();
    }

    @Test
    void whatTheLibraryEncodesIsDecodedWhateverWayItChose() throws IOException {
        for (long[] values : List.of(
                random(3, 2), random(1_000, 3), LongStream.range(1_000, 9_000).toArray(), new long[] {0, 0, 1, 1})) {
            Distribution expected = Distribution.of(0, values);
            DDSketch sketch = DDSketch.decode(ByteArrayInput.wrap(expected.encode()), UnboundedSizeDenseStore::new);
            for (boolean withoutMapping : new boolean[] {true, false}) {
                GrowingByteArrayOutput bytes = GrowingByteArrayOutput.withDefaultInitialCapacity();
                sketch.encode(bytes, withoutMapping);
                Distribution decoded = Distribution.decode(bytes.trimmedCopy(), 0, 0, 0, 1);
                assertThat(decoded.compact()).isEqualTo(expected.compact());
            }
        }
    }

    @Test
    void boundsOfTheWindowAreThoseOfItsBuckets() {
        Tally tally = new Tally();
        tally.add(Buckets.of(1_000_003), 1);
        Distribution window = tally.takeDistribution();
        assertThat(window.minNanos()).isBetween(990_003L, 1_010_003L).isEqualTo(window.maxNanos());
        Distribution both = Distribution.merged(List.of(window, Distribution.of(0, 5_000_001)));
        assertThat(both.maxNanos()).isBetween(4_950_000L, 5_050_000L);
    }

    @Test
    void quantileIsNeverBeyondTheBounds() {
        Distribution one = Distribution.of(0, 1_234_567);
        assertThat(one.quantileSeconds(0.5)).hasValue(0.001234567);
        Distribution many = Distribution.of(0, 1_234_567, 1_300_000, 1_300_001);
        assertThat(many.quantileSeconds(0).orElseThrow()).isGreaterThanOrEqualTo(0.001234567);
        assertThat(many.quantileSeconds(1).orElseThrow()).isLessThanOrEqualTo(0.001300001);
    }

    @Test
    void otherBytesAreRefusedAndNothingOfThemIsKept() throws IOException {
        GrowingByteArrayOutput other = GrowingByteArrayOutput.withDefaultInitialCapacity();
        DDSketch.of(new LogarithmicMapping(0.02), new UnboundedSizeDenseStore(), new UnboundedSizeDenseStore(), 1)
                .encode(other, false);
        GrowingByteArrayOutput negative = GrowingByteArrayOutput.withDefaultInitialCapacity();
        DDSketch ofNegative = new DDSketch(Buckets.MAPPING, UnboundedSizeDenseStore::new);
        ofNegative.accept(5);
        ofNegative.accept(-5);
        ofNegative.encode(negative, true);
        for (byte[] bytes : List.of(other.trimmedCopy(), negative.trimmedCopy(), new byte[] {5, 3, 1})) {
            assertThatThrownBy(() -> adder.add(bytes, 0, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
            assertThat(adder.take().count()).isZero();
        }
    }

    @Test
    void groupsHoldWhatWasAddedToEach() {
        DistributionGroups groups = new DistributionGroups();
        for (int round = 0; round < 2; round++) {
            long[][] values = new long[100][];
            for (int group = 0; group < values.length; group++) {
                assertThat(groups.open()).isEqualTo(group);
                values[group] = random(group * 7, group);
            }
            // Interleaved: the seventh of each group, then the sixth, ...
            for (int i = 0; i < 700; i++) {
                for (int group = 0; group < values.length; group++) {
                    if (i < values[group].length) {
                        groups.add(group, values[group][i], i % 10 == 0);
                    }
                }
            }
            Distribution whole = Distribution.of(1, random(30, 99));
            groups.add(42, whole);
            groups.add(42, whole);
            groups.forEach((group, distribution) -> {
                Distribution expected = Distribution.of((values[group].length + 9) / 10, values[group]);
                if (group == 42) {
                    expected = Distribution.merged(List.of(expected, whole, whole));
                }
                assertThat(distribution.compact()).isEqualTo(expected.compact());
                assertThat(distribution.errors()).isEqualTo(expected.errors());
                assertThat(distribution.sumNanos()).isEqualTo(expected.sumNanos());
                assertThat(distribution.minNanos()).isEqualTo(expected.minNanos());
                assertThat(distribution.maxNanos()).isEqualTo(expected.maxNanos());
            });
            groups.clear();
        }
    }
}
