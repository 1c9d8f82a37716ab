package org.ergograph.notify.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import org.ergograph.alert.Dampening;
import org.ergograph.alert.OnNoData;
import org.ergograph.alert.RuleTiming;
import org.ergograph.alert.condition.Condition;
import org.ergograph.alert.condition.LookBack;
import org.ergograph.alert.condition.Query;
import org.ergograph.alert.condition.Scope;
import org.ergograph.alert.condition.Slo;
import org.ergograph.window.Distribution;
import org.ergograph.window.ValueDistribution;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Episodes over a record that is known minute by minute, against those worked out by hand. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackTestTest {
    private static final Instant NOW = Instant.parse("2026-11-20T20:00:00Z");
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private Map<String, PastRecord> records = Map.of();

    @BeforeAll
    void open() throws SQLException {
        records = Map.of("h2", new PastRecord("h2"), "postgresql", new PastRecord("postgresql"));
        for (PastRecord record : records.values()) {
            fill(record);
        }
    }

    @AfterAll
    void close() throws SQLException {
        for (PastRecord record : records.values()) {
            record.close();
        }
    }

    /**
     * From noon, on two nodes: the tool a takes 0.1 s, and 2 s in the ten minutes from 12:10; the tool b is called up to 12:30 only,
     * and all its calls fail from 12:20; the processor is at 50%, and at 95% from 12:30 to 12:40. The tool c fails never up to 15:00,
     * and always for half an hour from then. The tool d takes 0.1 to 0.16 s for
     * four hours, and 1 s in the five minutes from 15:20. Five days before, the tool old took 3 s for an hour.
     */
    private static void fill(PastRecord record) throws SQLException {
        for (int minute = 0; minute < 60; minute++) {
            Instant at = NOON.plusSeconds(60L * minute + 30);
            boolean slow = minute >= 10 && minute < 20;
            record.tool(minute % 2 == 0 ? "n1" : "n2", "a", at, 10, slow ? 2000 : 100, false);
            if (minute < 30) {
                record.tool("n1", "b", at, 4, 50, minute >= 20);
            }
            record.sample("n1", "cpu_usage_percent", at, minute >= 30 && minute < 40 ? 95 : 50);
        }
        for (int minute = 0; minute < 240; minute++) {
            long usual = 100 + 5L * (minute * 7 % 13);
            record.tool("n2", "d", at(minute).plusSeconds(5), 10, minute >= 200 && minute < 205 ? 1000 : usual, false);
            Instant at = NOON.plus(Duration.ofHours(1)).plusSeconds(60L * minute + 30);
            record.tool("n1", "c", at, 10, 20, minute >= 120 && minute < 150);
        }
        Instant old = Instant.parse("2026-11-15T10:00:00Z");
        for (int minute = 0; minute < 180; minute++) {
            record.tool("n1", "old", old.plusSeconds(60L * minute), 2, minute >= 60 && minute < 120 ? 3000 : 10, false);
        }
        record.commit();
    }

    private static Query query(String scope, String condition, @Nullable String clear, String... groupBy) {
        return new Query(
                Condition.parse(condition),
                clear == null ? null : Condition.parse(clear),
                new Scope(scope),
                List.of(groupBy),
                Duration.ofMinutes(5),
                1,
                null);
    }

    private static RuleTiming timing(Duration hold, Duration keep, @Nullable Dampening dampening, OnNoData onNoData) {
        return new RuleTiming(Duration.ofMinutes(1), hold, keep, dampening, onNoData, true);
    }

    private static RuleTiming atOnce() {
        return timing(Duration.ZERO, Duration.ZERO, null, OnNoData.KEEP);
    }

    private Outcome run(String product, Query query, RuleTiming timing, Instant from, Instant to) throws SQLException {
        PastRecord record = Objects.requireNonNull(records.get(product));
        return new BackTest(record.intervals, name -> OptionalDouble.of(1))
                .run(new BackTest.Question(query, timing, from, to, 100), NOW, () -> false);
    }

    private static Instant at(int minute) {
        return NOON.plusSeconds(60L * minute);
    }

    private static String shown(Outcome outcome) {
        return outcome.episodes().stream()
                .map(episode -> episode.subject().key() + " " + minute(episode.pendingFrom()) + " "
                        + minute(episode.firedFrom()) + " " + minute(episode.to()))
                .toList()
                .toString();
    }

    private static String minute(@Nullable Instant at) {
        return at == null ? "-" : String.valueOf(Duration.between(NOON, at).toMinutes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void slowMinutesFireAfterTheHoldAndEndAfterTheKeeping(String product) throws SQLException {
        // A window with a slow minute is slow: those that end in minutes 11 to 24.
        RuleTiming timing = timing(Duration.ofMinutes(2), Duration.ofMinutes(3), null, OnNoData.KEEP);
        Outcome outcome = run(product, query("tool:a", "p95 > 1", null), timing, at(0), at(60));
        assertThat(shown(outcome)).isEqualTo("[ 11 13 28]");
        Episode episode = outcome.episodes().get(0);
        assertThat(episode.metric()).isEqualTo("p95");
        assertThat(episode.worst().orElseThrow()).isCloseTo(2, within(0.03));
        assertThat(episode.threshold()).hasValue(1);
        assertThat(outcome.totals())
                .isEqualTo(new Outcome.Totals(1, 0, 1, Duration.ofMinutes(15), Duration.ofMinutes(15), 0));
        assertThat(outcome.coverage().result()).isEqualTo("EVALUATED");
        // The window that ends at noon is empty.
        assertThat(outcome.coverage().steps()).isEqualTo(61);
        assertThat(outcome.coverage().withData()).isEqualTo(60);
        assertThat(outcome.coverage().firstData()).isEqualTo(at(1));
        assertThat(outcome.coverage().lastData()).isEqualTo(at(60));
        assertThat(outcome.step()).isEqualTo(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void eachSubjectHasItsOwnEpisodes(String product) throws SQLException {
        Outcome outcome = run(
                product,
                query("tool", "error_rate > 0.5 || p95 > 1", null, "tool"),
                timing(Duration.ZERO, Duration.ZERO, null, OnNoData.RESOLVE),
                at(0),
                at(60));
        // Of five minutes three fail in the window that ends at 23; the last calls leave it at 35.
        assertThat(shown(outcome)).isEqualTo("[tool=\"a\" 11 11 25, tool=\"b\" 23 23 35]");
        assertThat(outcome.totals().subjects()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void alertWithoutDataStaysWhatItIs(String product) throws SQLException {
        Outcome outcome = run(product, query("tool:b", "error_rate > 0.5", null), atOnce(), at(0), at(60));
        assertThat(shown(outcome)).isEqualTo("[ 23 23 -]");
        assertThat(outcome.totals().firingAtEnd()).isEqualTo(1);
        assertThat(outcome.coverage().lastData()).isEqualTo(at(34));
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void absenceAndSamplesAndDampeningAreAsTheyAreLive(String product) throws SQLException {
        assertThat(shown(run(product, query("tool:b", "absent()", null), atOnce(), at(1), at(60))))
                .isEqualTo("[ 35 35 -]");
        // The mean of five samples is over 80 with four of 95.
        assertThat(shown(run(product, query("system", "cpu_usage > 80.0", null), atOnce(), at(0), at(60))))
                .isEqualTo("[ 34 34 42]");
        assertThat(shown(
                        run(product, query("system", "cpu_usage > 80.0", "cpu_usage < 55.0"), atOnce(), at(0), at(60))))
                .isEqualTo("[ 34 34 45]");
        RuleTiming dampened = timing(Duration.ZERO, Duration.ZERO, new Dampening(3, 5, null), OnNoData.KEEP);
        assertThat(run(product, query("tool:a", "p95 > 1", null), dampened, at(0), at(60))
                        .episodes()
                        .get(0)
                        .firedFrom())
                .isEqualTo(at(13));
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void burnRatesAndDeviationsLookFarBack(String product) throws SQLException {
        Query objective = new Query(
                null,
                null,
                new Scope("tool:c"),
                List.of(),
                Duration.ofMinutes(5),
                1,
                new Slo(0.99, Duration.ofDays(30)));
        Instant broken = NOON.plus(Duration.ofHours(3));
        Outcome burning = run(product, objective, atOnce(), NOON.plus(Duration.ofHours(1)), broken.plusSeconds(3600));
        // Two of 122 minutes are more than 1% of three days and of six hours, of which no more is known.
        assertThat(shown(burning)).isEqualTo("[ 182 182 -]");
        assertThat(burning.episodes().get(0).metric()).startsWith("burn_rate");

        // Slow are the windows with any of the minutes 200 to 204 in them.
        Query odd = query("tool:d", "deviation(\"p95\") > 5", null);
        assertThat(shown(run(product, odd, atOnce(), at(130), at(239)))).isEqualTo("[ 201 201 210]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void whatIsLongAgoIsEvaluatedAtTheIntervalsThatAreLeft(String product) throws SQLException {
        Instant from = Instant.parse("2026-11-15T10:00:00Z");
        Outcome outcome = run(product, query("tool:old", "p95 > 1", null), atOnce(), from, from.plusSeconds(3 * 3600));
        assertThat(outcome.step()).isEqualTo(Duration.ofMinutes(5));
        assertThat(outcome.episodes()).singleElement().satisfies(episode -> {
            assertThat(episode.firedFrom()).isEqualTo(Instant.parse("2026-11-15T11:05:00Z"));
            assertThat(episode.to()).isEqualTo(Instant.parse("2026-11-15T12:05:00Z"));
        });
        assertThat(outcome.coverage().pieces()).allMatch(piece -> piece.tier().minutes() == 5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void ruleWithoutMatchingDataSaysSoFirst(String product) throws SQLException {
        Outcome outcome = run(product, query("tool:nobody", "p95 > 1", null), atOnce(), at(0), at(60));
        assertThat(outcome.coverage().result()).isEqualTo("NO_MATCHING_DATA");
        assertThat(outcome.coverage().share()).isZero();
        assertThat(outcome.episodes()).isEmpty();
        Outcome future =
                run(product, query("tool:a", "p95 > 1", null), atOnce(), NOW.plusSeconds(60), NOW.plusSeconds(600));
        assertThat(future.coverage().steps()).isZero();
        assertThat(future.coverage().result()).isEqualTo("NO_MATCHING_DATA");
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void tooMuchIsRefusedAndWhatIsStoppedEnds(String product) {
        Interval.Part part =
                new Interval.Part(new Interval.Origin(1, 1), Distribution.of(0, 5), ValueDistribution.empty());
        SlidingFacts facts = new SlidingFacts(
                List.of(LookBack.of(Duration.ofMinutes(5))),
                List.of(),
                new Feed(Objects.requireNonNull(records.get(product)).intervals, Map.of(), List.of()),
                name -> OptionalDouble.empty(),
                3);
        facts.take(new Interval(at(0), at(1), List.of(part, part)));
        assertThatExceptionOfType(TooMuchException.class)
                .isThrownBy(() -> facts.take(new Interval(at(1), at(2), List.of(part, part))))
                .withMessageContaining("narrow its scope");
        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(() -> new BackTest(
                                Objects.requireNonNull(records.get(product)).intervals, name -> OptionalDouble.empty())
                        .run(
                                new BackTest.Question(query("tool:a", "p95 > 1", null), atOnce(), at(0), at(60), 1),
                                NOW,
                                () -> true));
    }
}
