package org.ergograph.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ergograph.observation.Kind;
import org.ergograph.observation.Observation;
import org.ergograph.observation.Series;
import org.ergograph.observation.SeriesRegistry;
import org.junit.jupiter.api.Test;

class SlowLogTest {
    private static final long LIMIT = 500_000_000L;

    private final SeriesRegistry registry = new SeriesRegistry(10);
    private final Series request = registry.resolve(Kind.HTTP, "GET", "/slow");
    private final Series query = registry.resolve(Kind.DB, "select", "users");
    private final List<String> lines = new ArrayList<>();
    private final SlowLog log = new SlowLog(Duration.ofMillis(500), Duration.ofSeconds(1), lines::add);

    private static Observation of(Series series, long nanos, long trace, boolean internal, boolean transaction) {
        return new Observation(series, 0, nanos, 0, null, 0, trace, null, -1, -1, -1, internal, transaction);
    }

    @Test
    void whatTakesAsLongAsTheThresholdIsNotSlow() {
        log.accept(of(query, LIMIT, 1, false, false));
        log.run();

        assertThat(lines).isEmpty();
    }

    @Test
    void aSlowQueryAndTheRequestAroundItAreToldOnce() {
        log.accept(of(query, LIMIT + 1, 7, false, false));
        log.accept(of(request, 2 * LIMIT, 7, false, false));
        log.run();
        log.run();

        assertThat(lines)
                .containsExactly("slow: http GET /slow took 1.000 s, within it db select users took 0.500 s"
                        + " [trace 00000000000000000000000000000007]");
    }

    @Test
    void aTransactionIsCalledOneOnlyOverItsOwnThreshold() {
        log.accept(of(query, 2 * LIMIT, 1, false, true));
        log.accept(of(query, 2 * LIMIT + 1, 2, false, true));
        log.run();

        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).doesNotContain("transaction");
        assertThat(lines.get(1)).contains("db select users (transaction) took 1.000 s");
    }

    @Test
    void theRecordsOwnWorkIsNotLogged() {
        log.accept(of(query, 2 * LIMIT, 1, true, false));
        log.run();

        assertThat(lines).isEmpty();
    }

    @Test
    void whatFindsNoRoomIsCounted() {
        for (int i = 0; i < 300; i++) {
            log.accept(of(query, 2 * LIMIT, i + 1, false, false));
        }
        log.run();

        assertThat(lines).hasSize(257);
        assertThat(lines.get(256)).contains("44 more");
    }
}
