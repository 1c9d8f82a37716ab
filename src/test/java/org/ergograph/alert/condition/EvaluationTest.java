package org.ergograph.alert.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.ergograph.alert.condition.Verdict.Outcome;
import org.ergograph.observation.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluationTest {
    private static KnownFacts facts() {
        return new KnownFacts()
                .series(Kind.TOOL, List.of("search", "general"), "n1", 1, 0.1, 0.2)
                .series(Kind.TOOL, List.of("search", "general"), "n2", 0, 0.3)
                .series(Kind.TOOL, List.of("search", "other"), "n1", 0, 0.4)
                .series(Kind.EXTERNAL, List.of("files", "search"), "n1", 1, 0.5)
                .series(Kind.HTTP, List.of("GET", "/x"), "n1", 0, 0.6, 0.7)
                .sample("cpu_usage_percent", "n1", 90)
                .sample("cpu_usage_percent", "n2", 10)
                .sample("cpu_usage_percent", "n3", 95);
    }

    private static List<Finding> found(FactsSource facts, Query query, Subject... known) {
        return new Evaluation(facts).evaluate(query, List.of(known));
    }

    private static Subject subject(String... labels) {
        Map<String, String> of = new java.util.HashMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            of.put(labels[i], labels[i + 1]);
        }
        return new Subject(of);
    }

    @ParameterizedTest(name = "{0} by {1}: {2}")
    @CsvSource(
            delimiter = ';',
            value = {
                "system; kind; kind='external' 1 | kind='http' 2 | kind='tool' 4",
                "system; node; node='n1' 6 | node='n2' 1",
                "system; server; server='files' 1",
                "system; tool; tool='search' 5",
                "tool; tool,node; node='n1', tool='search' 3 | node='n2', tool='search' 1",
                "tool; series; category='general', kind='tool', series='search', tool='search' 3 | category='other',"
                        + " kind='tool', series='search', tool='search' 1",
                "external:files/*; server,tool; server='files', tool='search' 1",
                "http; server; "
            })
    void subjectsAreToldApart(String scope, String by, String counts) {
        if (scope.equals("http") && by.equals("server")) {
            assertThatThrownBy(() -> Queries.in(scope, "count > 0", by))
                    .hasMessage("groupBy is server: must be one of endpoint, kind, method, node, series");
            return;
        }
        List<Finding> found = found(facts(), Queries.in(scope, "count >= 0", by.split(",")));
        assertThat(found.stream()
                        .map(each -> each.subject().key().replace('"', '\'') + " "
                                + (int) each.verdict().value().getAsDouble())
                        .sorted())
                .containsExactly(counts.split(" \\| "));
    }

    @Test
    void ruleThatGroupsByNothingHasOneSubjectEvenWithoutFacts() {
        assertThat(found(new KnownFacts(), Queries.of("count > 1")))
                .extracting(Finding::subject)
                .containsExactly(Subject.ALL);
        assertThat(found(facts(), Queries.of("count > 1"), Subject.ALL)).hasSize(1);
        assertThat(found(new KnownFacts(), Queries.of("count > 1", "kind"))).isEmpty();
    }

    @Test
    void rulesOnSamplesAloneHaveTheNodesOfThemAsSubjects() {
        assertThat(found(facts(), Queries.of("cpu_usage > 80", "node")))
                .extracting(each -> each.subject().key(), each -> each.verdict().outcome())
                .containsExactlyInAnyOrder(
                        tuple("node=\"n1\"", Outcome.MET),
                        tuple("node=\"n2\"", Outcome.CLEAR),
                        tuple("node=\"n3\"", Outcome.MET));
    }

    @Test
    void rulesOnSeriesAndSamplesHaveTheNodesOfTheSeriesAsSubjects() {
        assertThat(found(facts(), Queries.of("cpu_usage > 80 && count > 1", "node")))
                .extracting(each -> each.subject().key(), each -> each.verdict().outcome())
                .containsExactlyInAnyOrder(tuple("node=\"n1\"", Outcome.MET), tuple("node=\"n2\"", Outcome.CLEAR));
    }

    @Test
    void samplesAreOfAllNodesTogetherUnlessNodesAreToldApart() {
        assertThat(found(facts(), Queries.of("cpu_usage > 64 && cpu_usage < 66")))
                .extracting(each -> each.verdict().outcome())
                .containsExactly(Outcome.MET);
        assertThat(found(facts(), Queries.in("tool", "cpu_usage == 10", "node", "tool")))
                .extracting(
                        each -> each.subject().labels().get("node"),
                        each -> each.verdict().outcome())
                .containsExactlyInAnyOrder(tuple("n1", Outcome.CLEAR), tuple("n2", Outcome.MET));
    }

    @Test
    void subjectThatIsKnownAndGoneHasNoData() {
        Subject gone = subject("kind", "db");
        List<Finding> found = found(facts(), Queries.of("p95 > 0", "kind"), gone);
        assertThat(found)
                .hasSize(4)
                .filteredOn(each -> each.subject().equals(gone))
                .allSatisfy(each -> {
                    assertThat(each.verdict().outcome()).isEqualTo(Outcome.NO_DATA);
                    assertThat(each.verdict().reason()).isEqualTo("p95 is not known: there are no samples");
                });
    }

    @Test
    void subjectThatIsGoneIsFoundAbsent() {
        KnownFacts facts = facts().in(new LookBack(Queries.WINDOW.multipliedBy(24), Queries.WINDOW))
                .series(Kind.DB, List.of("select", "users"), "n1", 0, 1);
        assertThat(found(facts, Queries.of("absent()", "kind")))
                .extracting(
                        each -> each.subject().labels().get("kind"),
                        each -> each.verdict().outcome())
                .containsExactlyInAnyOrder(
                        tuple("tool", Outcome.CLEAR),
                        tuple("external", Outcome.CLEAR),
                        tuple("http", Outcome.CLEAR),
                        tuple("db", Outcome.MET));
        Verdict absent = found(facts, Queries.of("absent()", "kind")).stream()
                .map(Finding::verdict)
                .filter(each -> each.outcome() == Outcome.MET)
                .findFirst()
                .orElseThrow();
        assertThat(absent.reason()).isEqualTo("there are no samples");
        assertThat(absent.metric()).isEqualTo("count");
        assertThat(absent.value()).hasValue(0);
        assertThat(absent.threshold()).isEmpty();
    }

    @Test
    void whatIsNotAbsentSaysHowManyThereAre() {
        assertThat(Queries.only(facts(), "!absent()").reason()).isEqualTo("there are samples: 7");
    }

    @Test
    void earlierFiguresAreTheSameSubjects() {
        KnownFacts facts = facts().in(new LookBack(Queries.WINDOW, Duration.ofHours(1)))
                .series(Kind.TOOL, List.of("search", "general"), "n1", 0, 0.1)
                .series(Kind.HTTP, List.of("GET", "/x"), "n1", 0, 0.1, 0.1, 0.1);
        assertThat(found(facts, Queries.of("count > before(\"PT1H\").count", "kind")))
                .extracting(
                        each -> each.subject().labels().get("kind"),
                        each -> each.verdict().outcome())
                .containsExactlyInAnyOrder(
                        tuple("tool", Outcome.MET), tuple("external", Outcome.MET), tuple("http", Outcome.CLEAR));
    }

    @Test
    void otherSeriesAreTheSameForAllSubjects() {
        assertThat(found(facts(), Queries.of("external(\"files/*\").errors > 0", "kind")))
                .hasSize(3)
                .allSatisfy(each -> assertThat(each.verdict().outcome()).isEqualTo(Outcome.MET));
    }

    @ParameterizedTest(name = "with {0} samples wanted of 4: {1} is {2}")
    @CsvSource({
        "4, p95 > 0, MET",
        "5, p95 > 0, NO_DATA",
        "5, error_rate >= 0, NO_DATA",
        "5, mean > 0, NO_DATA",
        "5, min > 0, NO_DATA",
        "5, max > 0, NO_DATA",
        "5, count > 3, MET",
        "5, errors > 0, MET",
        "5, rate > 0, MET",
        "5, errors_per_second > 0, MET",
        "5, absent(), CLEAR",
        "0, p95 > 0, MET"
    })
    void withTooFewSamplesOnlyCountsAreKnown(long minSamples, String condition, Outcome outcome) {
        Query query = new Query(
                Condition.parse(condition), null, new Scope("tool"), List.of(), Queries.WINDOW, minSamples, null);
        Verdict verdict = Queries.only(facts(), query);
        assertThat(verdict.outcome()).isEqualTo(outcome);
        if (outcome == Outcome.NO_DATA) {
            assertThat(verdict.reason()).endsWith("is not known: there are 4 samples, and the rule wants 5");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"p95 >= 0", "mean >= 0", "min >= 0", "max >= 0", "error_rate >= 0"})
    void ofNothingNoFigureIsKnownThoughNoSampleIsWanted(String condition) {
        Query query = new Query(Condition.parse(condition), null, Scope.SYSTEM, List.of(), Queries.WINDOW, 0, null);
        assertThat(Queries.only(new KnownFacts(), query).outcome()).isEqualTo(Outcome.NO_DATA);
    }

    @ParameterizedTest(name = "{0} errors: {1}")
    @CsvSource({"6, MET", "5, BETWEEN", "3, BETWEEN", "2, CLEAR"})
    void betweenTwoConditionsItIsNeitherMetNorClear(long errors, Outcome outcome) {
        Query query = new Query(
                Condition.parse("errors > 5"),
                Condition.parse("errors < 3"),
                Scope.SYSTEM,
                List.of(),
                Queries.WINDOW,
                1,
                null);
        KnownFacts facts = new KnownFacts().tool("x", errors, 1, 1, 1, 1, 1, 1, 1, 1);
        Verdict verdict = Queries.only(facts, query);
        assertThat(verdict.outcome()).isEqualTo(outcome);
        assertThat(verdict.value()).hasValue((double) errors);
        assertThat(verdict.reason()).isNotEmpty();
    }

    @Test
    void withoutDataForTheClearConditionThereIsNone() {
        Query query = new Query(
                Condition.parse("errors > 5"),
                Condition.parse("tool(\"no\").p95 < 1"),
                Scope.SYSTEM,
                List.of(),
                Queries.WINDOW,
                1,
                null);
        assertThat(Queries.only(facts(), query).outcome()).isEqualTo(Outcome.NO_DATA);
    }

    @Test
    void rulesShareWhatTheyLookAt() {
        KnownFacts facts = facts();
        Evaluation evaluation = new Evaluation(facts);
        evaluation.evaluate(Queries.of("p95 > 1", "kind"), List.of());
        evaluation.evaluate(Queries.of("p99 > 1", "kind"), List.of());
        evaluation.evaluate(Queries.of("cpu_usage > 1 && cpu_usage > 2"), List.of());
        evaluation.evaluate(Queries.of("cpu_usage > 3"), List.of());
        // Once for the kinds, once for all together, once for the samples.
        assertThat(facts.asked).containsExactly(Map.entry(LookBack.of(Queries.WINDOW), 3));
    }

    @Test
    void queryRefusesWhatMakesNoSense() {
        Condition condition = Condition.parse("p95 > 1");
        Slo slo = new Slo(0.99, Duration.ofDays(30));
        List<String> none = List.of();
        assertThatThrownBy(() -> new Query(null, null, Scope.SYSTEM, none, Queries.WINDOW, 1, null))
                .hasMessage("a rule has a condition or an objective, and not both");
        assertThatThrownBy(() -> new Query(condition, null, Scope.SYSTEM, none, Queries.WINDOW, 1, slo))
                .hasMessage("a rule has a condition or an objective, and not both");
        assertThatThrownBy(() -> new Query(null, condition, Scope.SYSTEM, none, Queries.WINDOW, 1, slo))
                .hasMessage("clearCondition is given without a condition: must not be");
        assertThatThrownBy(() -> new Query(condition, null, Scope.SYSTEM, none, Duration.ZERO, 1, null))
                .hasMessage("window is PT0S: must be positive");
        assertThatThrownBy(() -> new Query(condition, null, Scope.SYSTEM, none, Duration.ofMinutes(-1), 1, null))
                .hasMessage("window is PT-1M: must be positive");
        assertThatThrownBy(() -> Queries.of("p95 > 1", "colour"))
                .hasMessageStartingWith("groupBy is colour: must be one of action, category, endpoint");
    }

    @Test
    void clearConditionAndAbsenceAreLookedBackFor() {
        Query query = new Query(
                Condition.parse("absent()"),
                Condition.parse("before(\"PT1H\").count > 1"),
                Scope.SYSTEM,
                List.of("kind"),
                Queries.WINDOW,
                1,
                null);
        assertThat(query.lookBacks())
                .containsExactlyInAnyOrder(
                        LookBack.of(Queries.WINDOW),
                        new LookBack(Queries.WINDOW, Duration.ofHours(1)),
                        new LookBack(Duration.ofHours(2), Queries.WINDOW));
        assertThat(Queries.of("absent()").lookBacks()).containsExactly(LookBack.of(Queries.WINDOW));
        assertThat(Queries.of("tool(\"x\").absent()", "kind").lookBacks()).containsExactly(LookBack.of(Queries.WINDOW));
    }

    @Test
    void keyTellsSubjectsApart() {
        assertThat(subject("a", "1\", b=\"2").key())
                .isNotEqualTo(subject("a", "1", "b", "2").key());
        assertThat(subject("b", "2", "a", "x\\").key()).isEqualTo("a=\"x\\\\\", b=\"2\"");
    }

    @Test
    void factsWithoutALengthAreUnknown() {
        assertThat(Facts.unknown(KnownFacts.NOW).known()).isFalse();
        Facts known = new KnownFacts().facts(LookBack.of(Queries.WINDOW));
        assertThat(known.known()).isTrue();
        assertThat(known.seconds()).isEqualTo(300);
        assertThatThrownBy(() -> new LookBack(Duration.ZERO, Duration.ZERO)).hasMessageContaining("must be positive");
        assertThatThrownBy(() -> new LookBack(Duration.ofSeconds(-1), Duration.ZERO))
                .hasMessageContaining("must be positive");
        assertThatThrownBy(() -> new LookBack(Queries.WINDOW, Duration.ofSeconds(-1)))
                .hasMessageContaining("not negative");
    }
}
