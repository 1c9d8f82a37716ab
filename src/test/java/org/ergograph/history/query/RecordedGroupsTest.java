package org.ergograph.history.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ergograph.history.names.SeriesRow;
import org.ergograph.window.Distribution;
import org.ergograph.window.ValueDistribution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordedGroupsTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private static final class Noted implements RecordedGroups.Taker {
        final List<String> groups = new ArrayList<>();

        @Override
        public void observed(SeriesRow series, String node, Distribution durations) {
            groups.add("%s on %s: %d, %d errors".formatted(series.name, node, durations.count(), durations.errors()));
        }

        @Override
        public void sampled(SeriesRow series, String node, ValueDistribution values) {
            groups.add("%s in %s on %s: %d".formatted(series.first, series.second, node, values.count()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void everySeriesOfEveryNodeIsGivenOnceAndNewOnesAreFound(String product) throws SQLException {
        PastDatabase past = new PastDatabase(product);
        try {
            for (int minute = 0; minute < 40; minute++) {
                Instant end = NOON.plusSeconds(60L * minute);
                past.http("a", "GET", "/one", end, 1_000_000, minute % 10 == 0);
                past.http("b", "GET", "/one", end, 1_000_000, false);
                past.sample("a", "cpu", "%", end, minute);
                past.commit();
            }
            RecordedGroups groups = past.groups();
            Instant now = NOON.plus(Duration.ofMinutes(40));
            Noted half = new Noted();
            Optional<RecordedGroups.Covered> covered =
                    groups.read(now.minusSeconds(20 * 60 - 30), now.minusSeconds(1), now, half);
            assertThat(covered).contains(new RecordedGroups.Covered(now.minusSeconds(20 * 60), now));
            assertThat(half.groups)
                    .containsExactlyInAnyOrder(
                            "GET /one on a: 20, 2 errors", "GET /one on b: 20, 0 errors", "cpu in % on a: 20");

            past.http("b", "GET", "/two", now, 1_000_000, false);
            past.commit();
            Noted later = new Noted();
            groups.read(now, now.plusSeconds(10), now.plusSeconds(10), later);
            assertThat(later.groups).containsExactly("GET /two on b: 1, 0 errors");
            assertThat(groups.read(now.minus(Duration.ofDays(900)), now, now, later))
                    .isEmpty();
        } finally {
            past.close();
        }
    }
}
