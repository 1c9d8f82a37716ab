package org.ergograph.history.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToLongFunction;
import org.ergograph.history.TestDatabase;
import org.ergograph.window.Distribution;
import org.ergograph.window.DistributionAdder;
import org.ergograph.window.ValueAdder;
import org.ergograph.window.ValueDistribution;
import org.junit.jupiter.api.Test;

/**
 * A million durations and some samples, of several shapes, nodes and minutes, some of them late, on random ways through parts
 * and tiers, against exact percentiles of the same values.
 */
class RollupPropertyTest {
    private static final int VALUES = 1_000_000;
    private static final int BATCH = 5_000;
    private static final int NODES = 3;
    private static final int SAMPLES = 7;
    private static final int MINUTES = 2 * 1440;
    private static final double[] QUANTILES = {0, 0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 0.9999, 1};

    private static final List<ToLongFunction<Random>> SHAPES = List.of(
            r -> (long) Math.exp(15 + 1.5 * r.nextGaussian()),
            r -> r.nextInt(10) == 0 ? 2_000_000_000L + r.nextInt(1_000_000) : 300_000L + r.nextInt(1_000),
            r -> (long) (-2e6 * Math.log(1 - r.nextDouble())),
            r -> 1_234_567L,
            r -> (long) (1e6 / Math.pow(1 - r.nextDouble(), 1 / 1.1)),
            r -> r.nextInt(3) == 0 ? 0 : (long) (-50 * Math.log(1 - r.nextDouble())));

    private final Random random = new Random(20_260_301);
    private final Rollups rollups = new Rollups(new OneConnection(TestDatabase.of("h2")).dataSource());
    private final int first = Tier.minuteOf(Rollups.START);
    private final long[] values = new long[VALUES];
    private final boolean[] errors = new boolean[VALUES];
    private final int[] series = new int[VALUES];
    private final int[] nodes = new int[VALUES];
    private final int[] minutes = new int[VALUES];
    private final double[] samples = new double[VALUES / BATCH * 100];

    @Test
    void everyTierIsExactInItsFiguresAndWithinOnePercentInItsQuantiles() {
        rollups.registerSeries(1, 2, 3, 4, 5, 6, SAMPLES);
        for (int batch = 0; batch < VALUES / BATCH; batch++) {
            int now = (int) ((long) batch * BATCH * MINUTES / VALUES);
            for (int i = batch * BATCH; i < (batch + 1) * BATCH; i++) {
                draw(i, now);
            }
            insert(batch * BATCH, now);
            rollups.at(Duration.ofMinutes(now));
            if (random.nextInt(4) == 0) {
                rollups.job(rollups.leases("n"), 500 + random.nextInt(5_000)).run();
                rollups.expireLease();
            }
        }
        for (int state = 0; state < 2; state++) {
            for (Tier tier : List.of(Tier.FIVE_MINUTES, Tier.HOUR, Tier.DAY)) {
                for (int s = 1; s <= SHAPES.size(); s++) {
                    check(tier, s, 0, 0, MINUTES);
                    check(tier, s, 1 + random.nextInt(NODES), 0, MINUTES);
                    int days = random.nextInt(2);
                    int from = tier == Tier.DAY ? days * 1440 : random.nextInt(MINUTES / 60) * 60;
                    check(tier, s, 0, from, from + (tier == Tier.DAY ? 1440 : 60));
                }
                checkSamples(tier);
            }
            for (int s = 1; s <= SHAPES.size(); s++) {
                check(Tier.MINUTE, s, 0, MINUTES - 1300, MINUTES - 1299 + random.nextInt(1299));
            }
            rollups.job(rollups.leases("n"), RollupJob.CHUNK).run();
        }
    }

    private void draw(int i, int now) {
        series[i] = 1 + random.nextInt(SHAPES.size());
        nodes[i] = 1 + random.nextInt(NODES);
        boolean late = random.nextInt(100) == 0;
        minutes[i] = Math.max(0, late ? random.nextInt(now + 1) : now - random.nextInt(3));
        values[i] = SHAPES.get(series[i] - 1).applyAsLong(random);
        errors[i] = random.nextInt(50) == 0;
    }

    /** Some of them one by one, some tallied first, and some of these encoded on the way as the journal does. */
    private void insert(int from, int now) {
        rollups.insert(batch -> {
            for (int i = from; i < from + BATCH; i++) {
                long second = (first + minutes[i]) * 60L;
                if (i % 10 == 0) {
                    Distribution one = Distribution.of(errors[i] ? 1 : 0, values[i]);
                    Distribution decoded = Distribution.decode(
                            one.compact(), one.errors(), one.sumNanos(), one.minNanos(), one.maxNanos());
                    batch.durations(series[i], nodes[i], second, i % 20 == 0 ? one : decoded);
                } else {
                    long end = second * 1_000_000_000L + random.nextInt(1_000_000_000);
                    batch.duration(series[i], nodes[i], end, values[i], errors[i]);
                }
            }
            for (int i = from / BATCH * 100; i < from / BATCH * 100 + 100; i++) {
                samples[i] = random.nextInt(9) == 0 ? 0 : Math.scalb(random.nextGaussian(), random.nextInt(40));
                batch.value(SAMPLES, 1, (first + now) * 60L, samples[i]);
            }
        });
    }

    private static Instant at(int minute) {
        return Rollups.START.plus(Duration.ofMinutes(minute));
    }

    /** @param node 0 for all */
    private void check(Tier tier, int ofSeries, int node, int from, int to) {
        DistributionAdder adder = new DistributionAdder();
        rollups.read(new RollupQuery(tier, at(from), at(to), List.of(ofSeries), RollupQuery.Order.TIME))
                .forEach(row -> {
                    if (node == 0 || row.node() == node) {
                        row.addTo(adder);
                    }
                });
        Distribution merged = adder.take();
        long[] exact = new long[VALUES];
        int count = 0;
        int failed = 0;
        for (int i = 0; i < VALUES; i++) {
            boolean within = minutes[i] >= from && minutes[i] < tier.start(first + to - 1) + tier.minutes() - first;
            if (series[i] == ofSeries && (node == 0 || nodes[i] == node) && within) {
                exact[count++] = values[i];
                failed += errors[i] ? 1 : 0;
            }
        }
        exact = Arrays.copyOf(exact, count);
        Arrays.sort(exact);
        String what = "%s of series %d on node %d from %d to %d".formatted(tier, ofSeries, node, from, to);
        assertThat(merged.count()).as(what).isEqualTo(count).isPositive();
        assertThat(merged.errors()).as(what).isEqualTo(failed);
        assertThat(merged.sumNanos()).as(what).isEqualTo(Arrays.stream(exact).sum());
        assertThat(merged.minNanos()).as(what).isEqualTo(exact[0]);
        assertThat(merged.maxNanos()).as(what).isEqualTo(exact[count - 1]);
        for (double q : QUANTILES) {
            double nearest = exact[(int) Math.max(1, Math.ceil(q * count - 1e-9)) - 1] / 1e9;
            assertThat(merged.quantileSeconds(q).orElseThrow())
                    .as("p%s, %s", q * 100, what)
                    .isCloseTo(nearest, within(nearest * Distribution.RELATIVE_ERROR));
        }
    }

    private void checkSamples(Tier tier) {
        ValueAdder adder = new ValueAdder();
        rollups.read(new RollupQuery(tier, at(0), at(MINUTES), List.of(SAMPLES), RollupQuery.Order.SERIES))
                .forEach(row -> row.addTo(adder));
        ValueDistribution merged = adder.take();
        double[] exact = samples.clone();
        Arrays.sort(exact);
        assertThat(merged.count()).isEqualTo(exact.length);
        double sum = Arrays.stream(exact).sum();
        double amount = Arrays.stream(exact).map(Math::abs).sum();
        assertThat(merged.sum()).isCloseTo(sum, within(1e-9 * amount));
        assertThat(merged.min()).hasValue(exact[0]);
        assertThat(merged.max()).hasValue(exact[exact.length - 1]);
        for (double q : QUANTILES) {
            double nearest = exact[(int) Math.max(1, Math.ceil(q * exact.length - 1e-9)) - 1];
            assertThat(merged.quantile(q).orElseThrow())
                    .as("p%s of the samples by %s", q * 100, tier)
                    .isCloseTo(nearest, within(Math.abs(nearest) * Distribution.RELATIVE_ERROR));
        }
    }
}
