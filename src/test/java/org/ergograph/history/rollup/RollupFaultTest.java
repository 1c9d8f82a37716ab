package org.ergograph.history.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.ergograph.history.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RollupFaultTest {
    @ParameterizedTest
    @CsvSource({"h2, false", "h2, true", "postgresql, false", "postgresql, true"})
    void ownerThatDiesAtAnyStatementLeavesEverythingThereOnce(String product, boolean after) {
        Rollups rollups = new Rollups(new OneConnection(TestDatabase.of(product)).dataSource());
        rollups.registerSeries(1, 2);
        int round = 0;
        boolean died = true;
        for (int statement = 1; died; statement++, round++) {
            // Parts at every tier and late ones, of the present and of a week ago.
            Duration day = Duration.ofDays(round);
            rollups.observe(1, 1, day.plusMinutes(1), 10, 20, 30 + round);
            rollups.observe(2, 1, day.plusMinutes(2), 1_000);
            rollups.observe(1, 2, day.plusHours(1), 7);
            rollups.at(day.plusMinutes(301));
            rollups.expireLease();
            rollups.job(rollups.leases("before"), 3).run();
            rollups.observe(1, 1, day.plusMinutes(1), 5);
            rollups.observe(2, 2, day.plusMinutes(61), 60, 61, 62);
            rollups.observe(2, 2, day.plusHours(4), 60);
            rollups.expireLease();
            DyingDataSource dying = new DyingDataSource(rollups.dataSource, statement, after);
            rollups.job(dying.dataSource(), rollups.leases("dying"), 3).run();
            died = dying.died();
            rollups.assertComplete(Tier.DAY);
            rollups.expireLease();
            rollups.job(rollups.leases("heir"), 3).run();
            rollups.assertComplete(Tier.DAY);
            assertThat(TestDatabase.rows(rollups.dataSource, "select distinct tier from rollup_part order by tier"))
                    .as("all that is over is merged")
                    .isEqualTo(List.of("3"));
        }
        assertThat(round).as("statements that it died at").isGreaterThan(40);
    }
}
