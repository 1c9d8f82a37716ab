package org.ergograph.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import javax.sql.DataSource;
import org.ergograph.observation.Kind;
import org.ergograph.observation.Observation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SamplingTest {
    private static final Duration SLOW = Duration.ofMillis(500);
    private static final Set<Kind> ALL = Set.of(Kind.values());

    private final Observations observations = new Observations();

    private static Sampling ratio(double ratio) {
        return new Sampling(new SamplingSettings(ratio, ALL, Duration.ZERO, 0, SLOW));
    }

    @Test
    void nothingIsLeftOutUnlessAsked() {
        Sampling sampling = new Sampling(SamplingSettings.everything(SLOW));
        assertThat(sampling.keeps(observations.method("m").durationNanos(0).build()))
                .isTrue();
    }

    @Test
    void errorsSlowOnesAdministrativeActsAndOwnToolsAreAlwaysKept() {
        Sampling none = new Sampling(new SamplingSettings(0, EnumSet.of(Kind.DB), Duration.ofHours(1), 1, SLOW));
        none.adapt(1_000_000, 1_000_000_000L);
        assertThat(none.keeps(observations.method("m").build())).isFalse();
        assertThat(none.keeps(observations.method("m").error("Timeout").build()))
                .isTrue();
        assertThat(none.keeps(
                        observations.method("m").durationNanos(SLOW.toNanos()).build()))
                .isFalse();
        assertThat(none.keeps(observations
                        .method("m")
                        .durationNanos(SLOW.toNanos() + 1)
                        .build()))
                .isTrue();
        assertThat(none.keeps(observations.of(Kind.ADMIN, "server", "create").build()))
                .isTrue();
        assertThat(none.keeps(observations
                        .of(Kind.TOOL, "km_monitor_performance", "performance")
                        .build()))
                .isTrue();
        assertThat(none.keeps(observations.of(Kind.TOOL, "search", "km_").build()))
                .isFalse();
    }

    @Test
    void kindsAndDurationsAreChosen() {
        Sampling sampling =
                new Sampling(new SamplingSettings(1, EnumSet.of(Kind.HTTP, Kind.DB), Duration.ofMillis(10), 0, SLOW));
        assertThat(sampling.keeps(observations
                        .http("GET", "/x", 200)
                        .durationNanos(10_000_001)
                        .build()))
                .isTrue();
        assertThat(sampling.keeps(observations
                        .http("GET", "/x", 200)
                        .durationNanos(10_000_000)
                        .build()))
                .isFalse();
        assertThat(sampling.keeps(
                        observations.method("m").durationNanos(10_000_001).build()))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.01, 0.25, 0.9})
    void ratioIsTheShareOfTraces(double ratio) {
        Sampling sampling = ratio(ratio);
        Random random = new Random(7);
        int kept = 0;
        for (int i = 0; i < 100_000; i++) {
            // As poor as a caller's ids may be: only the lower ones count up.
            Observation one =
                    observations.method("m").trace(random.nextInt(4), i).build();
            kept += sampling.keeps(one) ? 1 : 0;
        }
        assertThat(kept / 100_000.0).isCloseTo(ratio, within(0.005));
    }

    @Test
    void traceIsKeptWholeOrNotAtAll() {
        Sampling sampling = ratio(0.5);
        for (int trace = 0; trace < 1000; trace++) {
            boolean outer = sampling.keeps(
                    observations.http("POST", "/mcp", 200).trace(trace, -trace).build());
            boolean inner = sampling.keeps(
                    observations.of(Kind.DB, "select", "t").trace(trace, -trace).build());
            assertThat(inner).isEqualTo(outer);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1.0, 500, 1000, 1.0", // below the limit nothing changes
        "1.0, 4000, 1000, 0.25",
        "0.25, 1000, 1000, 0.25",
        "0.25, 250, 1000, 0.5", // no faster than doubling
        "0.5, 700, 1000, 0.7142857142857143",
        "0.001, 1000000, 1, 0.0001", // what is always kept does not drive it to nothing
        "0.5, 0, 1000, 1.0"
    })
    void shareFallsAtOnceAndGrowsSlowly(double share, double rowsPerSecond, int maxRate, double next) {
        assertThat(Sampling.next(share, rowsPerSecond, maxRate)).isCloseTo(next, within(1e-12));
    }

    @Test
    void everythingIsCountedExactlyWhateverHasARow(@TempDir Path directory) {
        DataSource dataSource = TestDatabase.h2();
        Pipeline pipeline = Pipeline.Setup.of(dataSource, directory)
                .sampling(new SamplingSettings(0.2, ALL, Duration.ZERO, 0, SLOW))
                .queue(4096)
                .start();
        long sum = 0;
        for (int i = 0; i < 2000; i++) {
            sum += i;
            pipeline.accept(observations
                    .method("m")
                    .durationNanos(i)
                    .trace(i, i * 31L)
                    .error(i % 100 == 0 ? "Timeout" : null)
                    .build());
        }
        pipeline.run();
        AuditState state = pipeline.state();
        assertThat(state.sampled()).isBetween(1400L, 1800L);
        assertThat(state.written()).isEqualTo(2000 - state.sampled());
        assertThat(TestDatabase.rows(dataSource, "select count(*) from audit"))
                .containsExactly(Long.toString(state.written()));
        assertThat(
                        TestDatabase.rows(
                                dataSource,
                                "select sum(count), sum(errors), sum(sum_nanos), min(min_nanos), max(max_nanos) from rollup_part"))
                .containsExactly("2000 20 " + sum + " 0 1999");
        assertThat(TestDatabase.rows(dataSource, "select reason, sum(count) from audit_omission group by reason"))
                .containsExactly("sampled " + state.sampled());
    }
}
