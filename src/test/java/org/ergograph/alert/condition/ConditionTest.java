package org.ergograph.alert.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.ergograph.alert.condition.Verdict.Outcome;
import org.ergograph.observation.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {
    /** 100 calls in five minutes of 1 to 100 ms, ten of them errors, and one slow call of a tool an hour before. */
    private static KnownFacts facts() {
        double[] seconds = new double[100];
        for (int i = 0; i < 100; i++) {
            seconds[i] = (i + 1) / 1000.0;
        }
        return new KnownFacts()
                .tool("search", 10, seconds)
                .sample("cpu_usage_percent", "n1", 20, 30)
                .sample("cpu_usage_percent", "n2", 70)
                .sample("pool_database_utilization_ratio", "n1", 0.5)
                .threshold("error_rate", 0.05)
                .threshold("strict", 0.5)
                .in(new LookBack(Duration.ofMinutes(5), Duration.ofHours(1)))
                .tool("search", 0, 0.01, 0.01)
                .tool("other", 0, 2.0)
                .sample("cpu_usage_percent", "n1", 10);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = ';',
            value = {
                "count == 100; MET",
                "count > 100; CLEAR",
                "errors >= 10; MET",
                "errors < 10; CLEAR",
                "error_rate > 0.05; MET",
                "error_rate > 0.1; CLEAR",
                "error_rate >= 0.1; MET",
                "error_rate <= 0.1; MET",
                "error_rate != 0.1; CLEAR",
                "error_rate == 0.1; MET",
                "0.05 < error_rate; MET",
                "rate > 0.33 && rate < 0.34; MET",
                "requests_per_second > 0.33; MET",
                "errors_per_second > 0.03; MET",
                "mean > 0.0504 && mean < 0.0506; MET",
                "min == 0.001; MET",
                "max == 0.1; MET",
                "p50 > 0.0494 && p50 < 0.0506; MET",
                "p90 > 0.089 && p90 < 0.091; MET",
                "p95_response_time > 0.094 && p95_response_time < 0.096; MET",
                "p99_response_time > 0.098 && p99 < 0.1; MET",
                "p95 > 1; CLEAR",
                "2 * p95 > 0.18; MET",
                "p95 / p50 > 1.85; MET",
                "p95 - p50 > 0.04; MET",
                "p95 + 1 > 1.09; MET",
                "-p95 < 0; MET",
                "(p95 + 1) * 2 > 2.1; MET",
                "!(p95 > 1); MET",
                "true; MET",
                "false; CLEAR",
                "p95 > 1 ? count > 1000 : count == 100; MET",
                "(p95 > 1 ? 5 : 7) == 7; MET",
                "tool('search').error_rate > 0.05; MET",
                "tool('sea*').error_rate > 0.05; MET",
                "http('GET /x').count == 0; MET",
                "all().count == 100; MET",
                "cpu_usage == 40; MET",
                "pool_utilization == 0.5; MET",
                "sample('cpu_usage_percent').max == 70; MET",
                "sample('cpu_usage_percent').min == 20; MET",
                "sample('cpu_usage_percent').count == 3; MET",
                "sample('cpu_usage_percent').p95 > 69; MET",
                "before('PT1H').count == 3; MET",
                "count > 10 * before('PT1H').count; MET",
                "tool('search').before('PT1H').count == 2; MET",
                "tool('search').before('PT1H').before('PT1H').count == 0; MET",
                "before('PT1H').cpu_usage == 10; MET",
                "sample('cpu_usage_percent').before('PT1H').mean == 10; MET",
                "error_rate > threshold('error_rate'); MET",
                "error_rate > threshold('strict'); CLEAR",
                "error_rate > threshold('unheard'); ERROR",
                "error_rate > 0.05 || error_rate > threshold('unheard'); MET",
                "absent(); CLEAR",
                "tool('nothing').absent(); MET",
                "sample('nothing').absent(); MET",
                "tool('search').before('PT2H').absent(); MET",
                "tool('nothing').p95 > 1; NO_DATA",
                "tool('nothing').p95 <= 1; NO_DATA",
                "tool('nothing').error_rate == 0; NO_DATA",
                "tool('nothing').rate == 0; MET",
                "errors / tool('nothing').count > 1; NO_DATA",
                "tool('nothing').p95 > 1 || true; MET",
                "true || tool('nothing').p95 > 1; MET",
                "tool('nothing').p95 > 1 || false; NO_DATA",
                "tool('nothing').p95 > 1 && false; CLEAR",
                "tool('nothing').p95 > 1 && true; NO_DATA",
                "!(tool('nothing').p95 > 1); NO_DATA",
                "tool('nothing').p95 > 1 ? true : true; NO_DATA",
                "(tool('nothing').p95 > 1 ? 1 : 2) > 0; NO_DATA",
                "deviation('p95') > 3; NO_DATA",
            })
    void conditionComesTo(String condition, Outcome outcome) {
        assertThat(Queries.only(facts(), condition.replace('\'', '"')).outcome())
                .isEqualTo(outcome);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            value = {
                "error_rate > 0.05; error_rate; 0.1; 0.05; error_rate is 0.1, above 0.05",
                "0.05 < error_rate; error_rate; 0.1; 0.05; error_rate is 0.1, above 0.05",
                "!(error_rate < 0.05); error_rate; 0.1; 0.05; error_rate is 0.1, not below 0.05",
                "errors > 5 && count > 50; errors; 10; 5; errors is 10, above 5",
                "errors > 50 || count > 50; count; 100; 50; count is 100, above 50",
                "true && count > 50; count; 100; 50; count is 100, above 50",
                "errors > 5 && true; errors; 10; 5; errors is 10, above 5",
                "p95 > 1 ? errors > 1 : count > 1; count; 100; 1; count is 100, above 1",
                "error_rate > threshold('error_rate'); error_rate; 0.1; 0.05; error_rate is 0.1, above 0.05",
                "errors > 10 || absent() || count > 1; count; 100; 1; count is 100, above 1",
                "count / 3 > 1; (count / 3); 33.333333333333336; 1; (count / 3) is 33.3333, above 1",
                "tool('search').errors > 1; tool('search').errors; 10; 1; tool('search').errors is 10, above 1",
                "count > before('PT1H').count; count; 100; 3; count is 100, above 3",
                "cpu_usage >= 40; cpu_usage; 40; 40; cpu_usage is 40, at least 40",
                "errors > 500 && count > 50; errors; 10; 500; the condition is not met",
                "errors > 5 && count > 500; count; 100; 500; the condition is not met",
                "errors > 50 || count > 500; errors; 10; 50; the condition is not met",
            })
    void verdictNamesWhatDecidedFirst(String condition, String metric, double value, double threshold, String reason) {
        Verdict verdict = Queries.only(facts(), condition.replace('\'', '"'));
        assertThat(verdict.metric()).isEqualTo(metric.replace('\'', '"'));
        assertThat(verdict.value()).hasValue(value);
        assertThat(verdict.threshold()).hasValue(threshold);
        assertThat(verdict.reason()).isEqualTo(reason.replace('\'', '"'));
    }

    @Test
    void whatIsMissingIsNamed() {
        KnownFacts facts = facts();
        assertThat(Queries.only(facts, "count > 1 && tool(\"no\").p95 > 1").reason())
                .isEqualTo("tool(\"no\").p95 is not known: there are no samples");
        assertThat(Queries.only(facts, "errors / tool(\"no\").count > 1").reason())
                .isEqualTo("(errors / tool(\"no\").count) has no finite value");
        assertThat(Queries.only(facts, "error_rate > threshold(\"unheard\")").reason())
                .isEqualTo("there is no threshold unheard");
        assertThat(Queries.only(facts, "deviation(\"p95\") > 3").reason())
                .isEqualTo(
                        "deviation(\"p95\") is not known: p95 is known in 1 of the 24 windows before, and has to be in 12");
        assertThat(Queries.only(facts, "(tool(\"no\").p95 > 1 ? 1 : 2) > 0").reason())
                .contains("tool(\"no\").p95 is not known");
        assertThat(Queries.only(facts.reach(Duration.ofMinutes(10)), "before(\"PT1H\").count > 1")
                        .reason())
                .isEqualTo("before(\"PT1H\").count is not known: nothing is known of that time");
    }

    @Test
    void verdictSaysOnHowManySamplesItRests() {
        assertThat(Queries.only(facts(), "errors > 1").samples()).isEqualTo(100);
        assertThat(Queries.only(facts(), "cpu_usage > 1").samples()).isEqualTo(3);
        assertThat(Queries.only(facts(), "2 * cpu_usage > 1").samples()).isEqualTo(3);
        assertThat(Queries.only(facts(), "-cpu_usage < 1").samples()).isEqualTo(3);
        assertThat(Queries.only(facts(), "true").samples()).isEqualTo(100);
        assertThat(Queries.only(facts(), "tool(\"no\").absent()").samples()).isZero();
    }

    @Test
    void stretchOutOfReachIsNotKnownToBeEmpty() {
        KnownFacts facts = new KnownFacts().reach(Duration.ofMinutes(1));
        for (String condition : new String[] {"absent()", "count == 0", "rate == 0", "sample(\"x\").absent()"}) {
            assertThat(Queries.only(facts, condition).outcome()).as(condition).isEqualTo(Outcome.NO_DATA);
        }
    }

    @Test
    void deviationIsTheRobustScoreAgainstTheWindowsBefore() {
        KnownFacts facts = new KnownFacts().http("/x", 0, 0.9);
        for (int k = 1; k <= 24; k++) {
            facts.in(new LookBack(Queries.WINDOW, Queries.WINDOW.multipliedBy(k)))
                    .http("/x", 0, 0.1 + 0.001 * (k % 3));
        }
        Verdict verdict = Queries.only(facts, "deviation(\"mean\") > 3.5");
        assertThat(verdict.outcome()).isEqualTo(Outcome.MET);
        // The median is 0.101 and all distances are 0 or 0.001, so that the median of those is 0.001.
        assertThat(verdict.value().getAsDouble()).isCloseTo((0.9 - 0.101) / 0.0014826, within(1e-6));
    }

    @Test
    void deviationNeedsHalfOfTheWindowsBefore() {
        KnownFacts facts = new KnownFacts().http("/x", 0, 0.9);
        for (int k = 1; k <= 11; k++) {
            facts.in(new LookBack(Queries.WINDOW, Queries.WINDOW.multipliedBy(k)))
                    .http("/x", 0, 0.1);
        }
        assertThat(Queries.only(facts, "deviation(\"mean\") > 3.5").outcome()).isEqualTo(Outcome.NO_DATA);
        facts.in(new LookBack(Queries.WINDOW, Queries.WINDOW.multipliedBy(24))).http("/x", 0, 0.1);
        assertThat(Queries.only(facts, "deviation(\"mean\") > 3.5").outcome()).isEqualTo(Outcome.MET);
    }

    @Test
    void lookBacksAreAllThatItLooksAt() {
        Duration window = Duration.ofMinutes(5);
        assertThat(Condition.parse("p95 > 1").lookBacks(window)).containsExactly(LookBack.of(window));
        assertThat(Condition.parse("p95 > before(\"PT1H\").p95").lookBacks(window))
                .containsExactlyInAnyOrder(LookBack.of(window), new LookBack(window, Duration.ofHours(1)));
        assertThat(Condition.parse("deviation(\"p95\") > 3").lookBacks(window))
                .hasSize(25)
                .contains(new LookBack(window, Duration.ofHours(2)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "p95 > before(\"PT1H\").p95 && absent()",
                "deviation(\"cpu_usage\") > 3 || tool(\"x\").before(\"P1D\").rate > 1",
                "deviation(\"errors\") > 3 && all().p95 > 1"
            })
    void nothingIsAskedOfTheFactsBeyondTheLookBacks(String condition) {
        KnownFacts facts = facts().http("/x", 0, 1);
        Query query = Queries.of(condition, "kind");
        new Evaluation(facts).evaluate(query, java.util.List.of());
        assertThat(query.lookBacks()).containsAll(facts.asked.keySet());
    }

    @Test
    void conditionsOfTheSameTextAreEqual() {
        assertThat(Condition.parse("p95 > 1"))
                .isEqualTo(Condition.parse("p95 > 1"))
                .hasToString("p95 > 1");
        assertThat(Condition.parse("p95 > 1").hashCode())
                .isEqualTo(Condition.parse("p95 > 1").hashCode());
        assertThat(Condition.parse("p95 > 1")).isNotEqualTo(Condition.parse("p95 > 2"));
        assertThat(Condition.parse("p95 > 1").text()).isEqualTo("p95 > 1");
    }

    @ParameterizedTest(name = "{0} is refused: {1}")
    @CsvSource(
            delimiter = ';',
            value = {
                "p98 > 2; 1; 1; there is no measure p98: must be one of count, errors",
                "p95 > 1 && tool('search').p98 > 2.0; 1; 27; there is no measure p98",
                "sample('x').error_rate > 1; 1; 13; there is no measure error_rate of samples",
                "error_rate >; 1; 13; it ends where something more must come",
                "error_rate > > 1; 1; 14; > must not stand here",
                "p95 > 1 1; 1; 9; 1 must not stand here",
                "p95 > $; 1; 7; $ must not stand here",
                "p95 > 99999999999999999999; 1; 7; the number is too great",
                "p95 > 1e999; 1; 7; the number is too great",
                "p95; 1; 1; the name p95: must be true or false",
                "p95 + 1; 1; 5; + is not true or false",
                "p95 > 'x'; 1; 7; a text: must be a number",
                "p95 > null; 1; 7; null: must be a number",
                "p95 > true; 1; 7; true or false: must be a number",
                "p95 % 2 > 1; 1; 5; % is not allowed",
                "threshold('x'); 1; 1; threshold() is not true or false",
                "tool('x') > 1; 1; 1; tool() is no number: must be followed by a measure",
                "tool('x').y('z').p95 > 1; 1; 11; there is no function y",
                "tool(p95).p95 > 1; 1; 1; tool() takes one text in quotes",
                "tool().p95 > 1; 1; 1; tool() takes one text in quotes",
                "tool('a', 'b').p95 > 1; 1; 1; tool() takes one text in quotes",
                "tool('').p95 > 1; 1; 1; the text of tool() has 0 characters",
                "all('x').p95 > 1; 1; 1; all() takes nothing",
                "all().all().p95 > 1; 1; 7; all() belongs to nothing",
                "tool('x').threshold('y') > 1; 1; 11; threshold() belongs to nothing",
                "absent('x'); 1; 1; absent() takes nothing",
                "absent() > 1; 1; 1; absent() is true or false",
                "p95.mean > 1; 1; 1; the name p95 has no measures",
                "(p95 + 1).mean > 1; 1; 6; + has no measures",
                "threshold('x').mean > 1; 1; 1; threshold() has no measures",
                "before('1 hour').p95 > 1; 1; 1; before() is 1 hour: must be a duration of ISO 8601",
                "before('PT0S').p95 > 1; 1; 1; before() is PT0S: must be more than PT0S",
                "before('-PT1H').p95 > 1; 1; 1; before() is -PT1H: must be more than PT0S",
                "before('P801D').p95 > 1; 1; 1; before() is P801D: must be more than PT0S and at most P800D",
                "deviation('x') > 1; 1; 11; there is no measure x",
                "p95 in [1]; 1; 5; in is not true or false",
                "[1][0] > 1; 1; 4; [ ] is not allowed",
                "{'a': 1}.a > 1; 1; 1; a map has no measures",
                "[p95] > 1; 1; 1; a list: must be a number",
            })
    void refusalSaysWhereAndWhy(String condition, int line, int column, String why) {
        assertThatThrownBy(() -> Condition.parse(condition.replace('\'', '"')))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("condition, line " + line + ", column " + column + ": " + why);
    }

    @Test
    void positionIsCountedInCharactersOfItsLine() {
        assertThatThrownBy(() -> Condition.parse("tool(\"\uD83D\uDE00\").p95 > 1 &&\n  foo > 1"))
                .hasMessageStartingWith("condition, line 2, column 3: there is no measure foo");
        assertThatThrownBy(() -> Condition.parse("tool(\"\uD83D\uDE00\").p95 > foo"))
                .hasMessageStartingWith("condition, line 1, column 17: there is no measure foo");
    }

    @Test
    void everyKindIsAFunction() {
        for (Kind kind : Kind.values()) {
            assertThat(Condition.parse(kind.label() + "(\"x\").count > 1")).isNotNull();
        }
    }
}
