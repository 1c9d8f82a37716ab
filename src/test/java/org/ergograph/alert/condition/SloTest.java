package org.ergograph.alert.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.ergograph.alert.condition.Verdict.Outcome;
import org.ergograph.observation.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SloTest {
    private static final Slo THREE_NINES = new Slo(0.999, Duration.ofDays(30));
    private static final List<String> STRETCHES = List.of("PT1H", "PT5M", "PT6H", "PT30M", "P3D", "PT6H");

    /** @param errors of 10,000 calls in each stretch; -1 is no call at all, -2 is one call, failed */
    private static KnownFacts facts(int... errors) {
        KnownFacts facts = new KnownFacts();
        for (int i = 0; i < errors.length; i++) {
            add(facts.in(STRETCHES.get(i)), errors[i]);
        }
        return facts;
    }

    private static void add(KnownFacts facts, int errors) {
        if (errors == -1) {
            return;
        }
        double[] seconds = new double[errors == -2 ? 1 : 10_000];
        Arrays.fill(seconds, 0.01);
        facts.series(Kind.HTTP, List.of("GET", "/x"), "n1", errors == -2 ? 1 : errors, seconds);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            value = {
                "no errors at all are clear; 0; 0; 0; 0; 0; CLEAR; burn_rate_page('PT1H')",
                "a fast burn that goes on pages; 145; 145; 0; 0; 0; MET; burn_rate_page('PT1H')",
                "at the factor it does not burn too fast; 144; 145; 0; 0; 0; CLEAR; burn_rate_page('PT1H')",
                "a fast burn that is over does not page; 145; 144; 0; 0; 0; CLEAR; burn_rate_page('PT1H')",
                "a fast burn that only began does not page; 144; 1000; 0; 0; 0; CLEAR; burn_rate_page('PT1H')",
                "a burn for six hours pages; 100; 100; 61; 61; 0; MET; burn_rate_page('PT6H')",
                "a burn for six hours that is over does not; 0; 0; 61; 60; 0; CLEAR; burn_rate_page('PT1H')",
                "a burn for days is a ticket; 0; 0; 11; 11; 11; MET; burn_rate_ticket('PT72H')",
                "a burn for days that is over is not; 0; 0; 10; 10; 11; CLEAR; burn_rate_page('PT1H')",
                "without data nothing is known; -1; -1; -1; -1; -1; NO_DATA; burn_rate_page('PT1H')",
                "a long burn is frozen while nothing comes; 200; -1; 200; -1; 0; NO_DATA; burn_rate_page('PT1H')",
                "what did not burn is clear while nothing comes; 0; -1; 0; -1; 0; CLEAR; burn_rate_page('PT1H')",
                "one call is too few to say; -2; -2; 0; 0; 0; NO_DATA; burn_rate_page('PT1H')",
                "another pair may say so nevertheless; 200; -1; 200; 200; 0; MET; burn_rate_page('PT6H')"
            })
    void budgetBurns(
            String sentence,
            int hour,
            int fiveMinutes,
            int sixHours,
            int halfHour,
            int days,
            Outcome outcome,
            String metric) {
        KnownFacts facts = facts(hour, fiveMinutes, sixHours, halfHour, days);
        Verdict verdict = Queries.only(facts, Queries.of(THREE_NINES, 2));
        assertThat(verdict.outcome()).isEqualTo(outcome);
        assertThat(verdict.metric()).isEqualTo(metric.replace('\'', '"'));
    }

    @Test
    void verdictSaysWhichPairBurnsHowFast() {
        Verdict verdict = Queries.only(facts(200, 300, 0, 0, 0), Queries.of(THREE_NINES, 1));
        assertThat(verdict.value().getAsDouble()).isCloseTo(20, within(1e-9));
        assertThat(verdict.threshold()).hasValue(14.4);
        assertThat(verdict.samples()).isEqualTo(10_000);
        assertThat(verdict.ticket()).isFalse();
        assertThat(verdict.reason())
                .isEqualTo("the error budget burns 20 times as fast as it may over PT1H, and 30 times over PT5M:"
                        + " both above 14.4, a page");
        Verdict slow = Queries.only(facts(0, 0, 20, 20, 20), Queries.of(THREE_NINES, 1));
        assertThat(slow.ticket()).isTrue();
        assertThat(slow.reason()).endsWith("both above 1, a ticket");
    }

    @ParameterizedTest(name = "{0} of 10,000 errors: {1}")
    @CsvSource({"5000, CLEAR", "5001, MET"})
    void budgetThatLastsJustAsLongAsItMustDoesNotBurnTooFast(int errors, Outcome outcome) {
        Slo half = new Slo(0.5, Duration.ofDays(30));
        KnownFacts facts = facts(errors, errors, errors, errors, errors);
        assertThat(Queries.only(facts, Queries.of(half, 1)).outcome()).isEqualTo(outcome);
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThat(Queries.only(facts(200, -1, 0, 0, 0), Queries.of(THREE_NINES, 1))
                        .reason())
                .isEqualTo("over PT5M there are no samples");
        assertThat(Queries.only(facts(-2, -2, 0, 0, 0), Queries.of(THREE_NINES, 2))
                        .reason())
                .isEqualTo("over PT1H there are 1 samples, and the rule wants 2");
        assertThat(Queries.only(facts(0, 0, 0, 0, 0), Queries.of(THREE_NINES, 1))
                        .reason())
                .isEqualTo("no pair of stretches burns the error budget too fast");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = ';',
            value = {
                "P30D; PT1H PT5M PT6H PT30M PT72H PT6H",
                "P90D; PT3H PT15M PT18H PT1H30M PT216H PT18H",
                "P7D; PT14M PT2M PT1H24M PT7M PT16H48M PT1H24M",
                "P1D; PT2M PT1M PT12M PT1M PT2H24M PT12M"
            })
    void stretchesGrowWithTheWindow(Duration window, String stretches) {
        List<BurnRate> pairs = new Slo(0.99, window).pairs();
        assertThat(pairs.stream().flatMap(pair -> java.util.stream.Stream.of(pair.longer(), pair.shorter())))
                .containsExactly(
                        Arrays.stream(stretches.split(" ")).map(Duration::parse).toArray(Duration[]::new));
        assertThat(pairs).extracting(BurnRate::factor).containsExactly(14.4, 6.0, 1.0);
        assertThat(pairs).extracting(BurnRate::ticket).containsExactly(false, false, true);
    }

    @Test
    void lookBacksAreItsStretches() {
        assertThat(Queries.of(THREE_NINES, 1).lookBacks())
                .extracting(LookBack::length)
                .containsExactlyInAnyOrder(
                        Duration.ofHours(1),
                        Duration.ofMinutes(5),
                        Duration.ofHours(6),
                        Duration.ofMinutes(30),
                        Duration.ofDays(3));
    }

    @Test
    void subjectsAreThoseOfAnyStretchAndThoseKnown() {
        KnownFacts facts = new KnownFacts().in("P3D");
        add(facts, 0);
        Subject gone = new Subject(java.util.Map.of("kind", "tool"));
        assertThat(new Evaluation(facts).evaluate(Queries.of(THREE_NINES, 1, "kind"), List.of(gone)))
                .extracting(
                        finding -> finding.subject().key(),
                        finding -> finding.verdict().outcome())
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("kind=\"http\"", Outcome.NO_DATA),
                        org.assertj.core.groups.Tuple.tuple("kind=\"tool\"", Outcome.NO_DATA));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -1, 1.5, Double.NaN})
    void objectiveIsBetweenNoneAndAll(double objective) {
        assertThatThrownBy(() -> new Slo(objective, Duration.ofDays(30)))
                .hasMessage("objective is " + objective + ": must be between 0 and 1, both exclusive");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT23H59M", "P91D", "PT0S", "-P1D"})
    void windowIsOneToNinetyDays(Duration window) {
        assertThatThrownBy(() -> new Slo(0.99, window)).hasMessage("window is " + window + ": must be P1D to P90D");
    }

    @Test
    void windowsAtTheLimitsAreTaken() {
        assertThat(new Slo(0.99, Duration.ofDays(1)).pairs()).hasSize(3);
        assertThat(new Slo(0.99, Duration.ofDays(90)).pairs()).hasSize(3);
    }
}
