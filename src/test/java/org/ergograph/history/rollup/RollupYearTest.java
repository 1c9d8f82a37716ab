package org.ergograph.history.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ergograph.history.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RollupYearTest {
    private static final int SERIES = 3;

    /** The minutes of a day in which something happens. */
    private static final List<Integer> MINUTES = List.of(0, 1, 2, 5, 61, 719, 720, 1438, 1439);

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void tiersKeepWhatIsConfiguredOverAYear(String product) {
        Rollups rollups = new Rollups(new OneConnection(TestDatabase.of(product)).dataSource());
        rollups.registerSeries(1, 2, 3);
        RollupJob job = rollups.job(rollups.leases("a"), RollupJob.CHUNK);
        for (int day = 0; day < 365; day++) {
            int today = day;
            rollups.insert(batch -> {
                for (int minute : MINUTES) {
                    for (int series = 1; series <= SERIES; series++) {
                        long end = Rollups.nanos(
                                Rollups.START.plus(Duration.ofDays(today).plusMinutes(minute)));
                        batch.duration(series, 1, end, 1_000L * minute + today, minute == 1);
                    }
                }
            });
            rollups.at(Duration.ofDays(day + 1).plusSeconds(10));
            job.run();
            if (day % 60 == 0 || day == 364) {
                assertThat(rollups.rows()).as("day %d", day).isEqualTo(expected(day));
                assertThat(rollups.parts()).isEmpty();
            }
        }
        assertThat(rollups.rows()).containsExactly("0 27", "1 126", "2 1350", "3 1095");
        assertThat(rollups.sum(Tier.DAY, 2).count()).isEqualTo(365L * MINUTES.size());
        assertThat(rollups.sum(Tier.DAY, 2).errors()).isEqualTo(365);
    }

    /** An interval is there if it ended no longer ago than its tier's retention, midnight being now. */
    private static List<String> expected(int lastDay) {
        List<String> rows = new ArrayList<>();
        int now = (lastDay + 1) * 1440;
        for (Tier tier : Tier.values()) {
            long retention = Rollups.SETTINGS
                    .retention()
                    .getOrDefault(tier, Duration.ZERO)
                    .toMinutes();
            long kept = 0;
            for (int day = 0; day <= lastDay; day++) {
                int midnight = day * 1440;
                kept += MINUTES.stream()
                        .map(minute -> tier.start(midnight + minute))
                        .distinct()
                        .filter(start -> start + tier.minutes() > now - retention)
                        .count();
            }
            rows.add(tier.number() + " " + kept * SERIES);
        }
        return rows;
    }
}
