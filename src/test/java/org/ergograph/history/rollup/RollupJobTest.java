package org.ergograph.history.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.ergograph.database.Leases;
import org.ergograph.history.TestDatabase;
import org.ergograph.observation.NodeIdentity;
import org.ergograph.window.ValueAdder;
import org.ergograph.window.ValueDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RollupJobTest {
    private static Duration minutes(double minutes) {
        return Duration.ofMillis(Math.round(minutes * 60_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void intervalThatIsOverIsMergedAndWhatIsNotIsReadFromItsParts(String product) {
        Rollups rollups = new Rollups(TestDatabase.of(product));
        RollupJob job = rollups.job(rollups.leases("a"), RollupJob.CHUNK);
        rollups.observe(7, 1, minutes(0.1), 5, 6, 7);
        rollups.observe(7, 2, minutes(0.2), 1_000);
        rollups.observe(7, 1, minutes(1.5), 70);
        rollups.observe(8, 1, minutes(1.5), 3_000_000_000_000L);
        rollups.at(minutes(1).plusSeconds(4));
        job.run();
        assertThat(rollups.rows()).isEmpty();
        rollups.at(minutes(1).plusSeconds(5));
        job.run();
        assertThat(rollups.rows()).containsExactly("0 2");
        assertThat(rollups.parts()).containsExactly("0 2", "1 2");
        rollups.assertComplete(Tier.values());
        rollups.at(minutes(5.1));
        job.run();
        assertThat(rollups.rows()).containsExactly("0 4", "1 3");
        assertThat(rollups.parts()).containsExactly("2 3");
        rollups.assertComplete(Tier.values());
        rollups.at(Duration.ofHours(25));
        job.run();
        assertThat(rollups.rows()).containsExactly("0 4", "1 3", "2 3", "3 3");
        assertThat(rollups.parts()).isEmpty();
        rollups.assertComplete(Tier.values());
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void partsOfTheMinuteThatIsNotOverAreFolded(String product) {
        Rollups rollups = new Rollups(TestDatabase.of(product));
        RollupJob job = rollups.job(rollups.leases("a"), RollupJob.CHUNK);
        rollups.observe(7, 1, minutes(0.1), 5, 6, 7);
        rollups.observe(7, 2, minutes(0.2), 1_000, 3);
        rollups.observe(8, 1, minutes(0.2), 1_000, 4);
        for (int run = 0; run < 2; run++) {
            rollups.at(minutes(0.5));
            job.run();
            assertThat(rollups.parts()).containsExactly("0 3");
            assertThat(rollups.rows()).isEmpty();
            rollups.assertComplete(Tier.values());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void latePartIsAddedToEveryTierThatStillKeepsItsInterval(String product) {
        Rollups rollups = new Rollups(TestDatabase.of(product));
        rollups.registerSeries(7);
        RollupJob job = rollups.job(rollups.leases("a"), RollupJob.CHUNK);
        rollups.observe(7, 1, minutes(3), 5, 6);
        rollups.at(Duration.ofHours(20));
        job.run();
        rollups.observe(7, 1, minutes(3.5), 900);
        rollups.assertComplete(Tier.values());
        job.run();
        assertThat(rollups.rows()).containsExactly("0 1", "1 1", "2 1");
        rollups.assertComplete(Tier.values());

        rollups.at(Duration.ofHours(25));
        job.run();
        assertThat(rollups.rows()).as("a day is enough for minutes").containsExactly("1 1", "2 1", "3 1");
        rollups.observe(7, 1, minutes(3.2), 40);
        job.run();
        assertThat(rollups.rows()).containsExactly("1 1", "2 1", "3 1");
        rollups.assertComplete(Tier.FIVE_MINUTES, Tier.HOUR, Tier.DAY);

        rollups.at(Duration.ofDays(8));
        job.run();
        rollups.observe(7, 1, minutes(4), 1);
        job.run();
        assertThat(rollups.rows()).containsExactly("2 1", "3 1");
        rollups.assertComplete(Tier.HOUR, Tier.DAY);

        rollups.at(Duration.ofDays(91));
        job.run();
        rollups.observe(7, 1, minutes(3), 77);
        job.run();
        assertThat(rollups.rows()).containsExactly("3 1");
        rollups.assertComplete(Tier.DAY);
        assertThat(rollups.parts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void samplesHaveRollupsToo(String product) {
        Rollups rollups = new Rollups(TestDatabase.of(product));
        RollupJob job = rollups.job(rollups.leases("a"), RollupJob.CHUNK);
        long second = Rollups.START.getEpochSecond();
        double[] values = {-2.5, 0, 12.75, 1e9};
        for (int i = 0; i < values.length; i++) {
            double value = values[i];
            int at = i * 100;
            rollups.insert(batch -> batch.value(9, 1, second + at, value));
        }
        rollups.at(minutes(61));
        for (int run = 0; run < 2; run++) {
            for (Tier tier : Tier.values()) {
                ValueAdder adder = new ValueAdder();
                List<RollupRow> rows = rollups.read(new RollupQuery(
                        tier, Rollups.START, Rollups.START.plusSeconds(3600), List.of(9), RollupQuery.Order.SERIES));
                assertThat(rows).allSatisfy(row -> assertThat(row.sampled()).isTrue());
                rows.forEach(row -> row.addTo(adder));
                ValueDistribution sum = adder.take();
                assertThat(sum.count()).isEqualTo(4);
                assertThat(sum.sum()).isEqualTo(1_000_000_010.25);
                assertThat(sum.min()).hasValue(-2.5);
                assertThat(sum.max()).hasValue(1e9);
                assertThat(sum.quantile(0.5)).hasValue(0);
            }
            job.run();
            assertThat(rollups.rows()).hasSize(3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void onlyTheOwnerOfTheLeaseMergesAndAnotherFollowsWhenItExpires(String product) {
        Rollups rollups = new Rollups(TestDatabase.of(product));
        RollupJob first = rollups.job(rollups.leases("a"), RollupJob.CHUNK);
        RollupJob second = rollups.job(rollups.leases("b"), RollupJob.CHUNK);
        first.run();
        rollups.observe(7, 1, minutes(3), 5);
        rollups.at(minutes(10));
        second.run();
        assertThat(rollups.rows()).isEmpty();
        assertThat(second.lagSeconds()).isNaN();
        rollups.expireLease();
        second.run();
        assertThat(rollups.rows()).containsExactly("0 1", "1 1");
        assertThat(second.lagSeconds()).isBetween(0.0, 65.0);
        rollups.observe(7, 1, minutes(4), 6);
        first.run();
        assertThat(rollups.parts()).containsExactly("0 1", "2 1");
        assertThat(first.lagSeconds()).isNaN();
        second.stop();
        first.run();
        assertThat(rollups.parts()).containsExactly("2 2");
        rollups.assertComplete(Tier.values());
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void ownerThatLosesItsLeaseMidwayStopsBeforeItsNextTransaction(String product) {
        Rollups rollups = new Rollups(TestDatabase.of(product));
        Leases thief = rollups.leases("b");
        Leases robbed = new Leases(rollups.dataSource, new NodeIdentity("a", "1", 0)) {
            private int holds;

            @Override
            public boolean hold(Connection connection, String name) throws SQLException {
                if (++holds == 3) {
                    rollups.expireLease();
                    assertThat(thief.acquire(RollupJob.LEASE, Duration.ofSeconds(30)))
                            .isTrue();
                }
                return super.hold(connection, name);
            }
        };
        RollupJob job = rollups.job(robbed, 2);
        rollups.observe(7, 1, minutes(0), 1, 2, 3, 4, 5, 6, 7, 8, 9);
        rollups.at(minutes(10));
        job.run();
        assertThat(rollups.parts()).containsExactly("0 5", "1 2");
        assertThat(job.lagSeconds()).isNaN();
        rollups.assertComplete(Tier.values());
        rollups.job(thief, 2).run();
        assertThat(rollups.parts()).containsExactly("2 3");
        rollups.assertComplete(Tier.values());
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void competingOwnersThatBothBelieveInTheirLeaseMergeNothingTwice(String product) throws Exception {
        Rollups rollups = new Rollups(TestDatabase.of(product));
        for (int i = 0; i < 300; i++) {
            rollups.observe(i % 3, i % 2, minutes(i), i + 1);
        }
        rollups.at(Duration.ofHours(6));
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<?>> runs = new ArrayList<>();
            for (String node : List.of("a", "b", "c")) {
                RollupJob job = rollups.job(rollups.leases(node), 10);
                runs.add(threads.submit(() -> {
                    for (int i = 0; i < 10; i++) {
                        rollups.expireLease();
                        job.run();
                    }
                }));
            }
            for (Future<?> run : runs) {
                run.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        rollups.assertComplete(Tier.values());
        rollups.expireLease();
        rollups.job(rollups.leases("d"), 10).run();
        assertThat(rollups.parts()).hasSize(1).allMatch(line -> line.startsWith("3 "));
        rollups.assertComplete(Tier.values());
    }

    @Test
    void sketchThatCannotBeReadHoldsUpNothingElse() {
        Rollups rollups = new Rollups(TestDatabase.of("h2"));
        rollups.observe(7, 1, minutes(3), 5);
        rollups.observe(7, 1, minutes(3), 500);
        TestDatabase.execute(rollups.dataSource, "update rollup_part set sketch = x'050301' where sum_nanos = 5");
        rollups.at(minutes(10));
        rollups.job(rollups.leases("a"), RollupJob.CHUNK).run();
        assertThat(rollups.sum(Tier.HOUR, 7).sumNanos()).isEqualTo(500);
        assertThat(rollups.parts()).containsExactly("2 1");
    }

    @Test
    void rowsComeInTheOrderAskedFor() {
        Rollups rollups = new Rollups(TestDatabase.of("h2"));
        rollups.observe(7, 1, minutes(3), 1);
        rollups.observe(7, 1, minutes(8), 2);
        rollups.observe(6, 2, minutes(8), 3);
        rollups.observe(5, 2, minutes(8), 4);
        rollups.observe(7, 1, minutes(10), 5);
        rollups.at(minutes(9));
        rollups.job(rollups.leases("a"), RollupJob.CHUNK).run();
        assertThat(sums(rollups, RollupQuery.Order.SERIES)).containsExactly(3L, 1L, 2L);
        assertThat(sums(rollups, RollupQuery.Order.TIME)).containsExactly(1L, 3L, 2L);
    }

    private static List<Long> sums(Rollups rollups, RollupQuery.Order order) {
        return rollups
                .read(new RollupQuery(
                        Tier.FIVE_MINUTES,
                        Rollups.START.plusSeconds(299),
                        Rollups.START.plusSeconds(301),
                        List.of(6, 7),
                        order))
                .stream()
                .map(RollupRow::sumNanos)
                .toList();
    }
}
