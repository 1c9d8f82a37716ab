package org.ergograph.alert.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.ergograph.observation.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds whatever the condition and the facts are; the seed of a failure stands in its name. */
class ConditionPropertyTest {
    private static final String[] FIGURES = {
        "count",
        "errors",
        "error_rate",
        "rate",
        "errors_per_second",
        "mean",
        "min",
        "max",
        "p50",
        "p90",
        "p95",
        "p99",
        "cpu_usage",
        "tool(\"t1\").p95",
        "tool(\"t*\").errors",
        "http(\"GET /none\").mean",
        "all().count",
        "sample(\"cpu_usage_percent\").max",
        "sample(\"none\").mean",
        "before(\"PT5M\").p95",
        "before(\"PT1H\").rate",
        "threshold(\"known\")",
        "threshold(\"none\")",
        "deviation(\"p95\")",
        "0",
        "1",
        "0.5",
        "1e308",
        "-3"
    };
    private static final String[] RELATIONS = {">", ">=", "<", "<=", "==", "!="};

    private static String amount(Random random, int depth) {
        if (depth == 0 || random.nextInt(3) == 0) {
            return FIGURES[random.nextInt(FIGURES.length)];
        }
        return switch (random.nextInt(6)) {
            case 0 -> "-(" + amount(random, depth - 1) + ")";
            case 1 ->
                "(" + truth(random, depth - 1) + " ? " + amount(random, depth - 1) + " : " + amount(random, depth - 1)
                        + ")";
            default ->
                "(" + amount(random, depth - 1) + " " + "+-*/".charAt(random.nextInt(4)) + " "
                        + amount(random, depth - 1) + ")";
        };
    }

    private static String truth(Random random, int depth) {
        if (depth == 0 || random.nextInt(4) == 0) {
            return switch (random.nextInt(8)) {
                case 0 -> "true";
                case 1 -> "absent()";
                case 2 -> "tool(\"t2\").absent()";
                default ->
                    amount(random, 1) + " " + RELATIONS[random.nextInt(RELATIONS.length)] + " " + amount(random, 1);
            };
        }
        return switch (random.nextInt(5)) {
            case 0 -> "!(" + truth(random, depth - 1) + ")";
            case 1 ->
                "(" + truth(random, depth - 1) + " ? " + truth(random, depth - 1) + " : " + truth(random, depth - 1)
                        + ")";
            case 2 -> "(" + truth(random, depth - 1) + " && " + truth(random, depth - 1) + ")";
            case 3 -> "(" + truth(random, depth - 1) + " || " + truth(random, depth - 1) + ")";
            default ->
                amount(random, depth - 1) + " " + RELATIONS[random.nextInt(RELATIONS.length)] + " "
                        + amount(random, depth - 1);
        };
    }

    private static KnownFacts facts(Random random) {
        KnownFacts facts = new KnownFacts().threshold("known", 0.5);
        for (int k = 0; k <= 24; k++) {
            facts.in(new LookBack(Queries.WINDOW, Queries.WINDOW.multipliedBy(k)));
            int series = random.nextInt(5);
            for (int i = 0; i < series; i++) {
                double[] seconds = random.doubles(random.nextInt(20), 0, 3).toArray();
                String node = "n" + random.nextInt(2);
                facts.series(
                        random.nextBoolean() ? Kind.TOOL : Kind.HTTP,
                        List.of("t" + random.nextInt(3), "c" + random.nextInt(2)),
                        node,
                        seconds.length == 0 ? 0 : random.nextInt(seconds.length + 1),
                        seconds);
            }
            if (random.nextBoolean()) {
                facts.sample("cpu_usage_percent", "n0", random.nextDouble() * 100);
            }
        }
        return random.nextInt(4) == 0 ? facts.reach(Duration.ofMinutes(random.nextInt(60))) : facts;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void conditionThatIsReadNeverThrows(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            String text = truth(random, 3);
            if (text.length() > ConditionReader.MAX_LENGTH) {
                continue;
            }
            KnownFacts facts = facts(random);
            String[] by = random.nextBoolean() ? new String[0] : new String[] {random.nextBoolean() ? "kind" : "node"};
            try {
                for (Finding finding : new Evaluation(facts).evaluate(Queries.of(text, by), List.of())) {
                    assertThat(finding.verdict().reason()).isNotEmpty();
                }
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessageContaining("condition, line 1, column");
            } catch (RuntimeException e) {
                fail(text, e);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void textOfAnyKindIsReadOrRefused(long seed) {
        Random random = new Random(seed);
        String signs = "()[]{}.,:?!&|<>=+-*/%\"'\\ \n\t#$@`~^;abp95_0123456789e\u00e9\uD83D\uDE00\u0000";
        for (int i = 0; i < 1000; i++) {
            String text = random.ints(random.nextInt(40), 0, signs.length())
                    .mapToObj(at -> String.valueOf(signs.charAt(at)))
                    .collect(Collectors.joining());
            try {
                Condition.parse(text);
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessageStartingWith("condition, line ");
            } catch (RuntimeException e) {
                fail(text, e);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25})
    void groupsTogetherAreTheWhole(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            KnownFacts facts = facts(random).reach(Duration.ofDays(9));
            Facts known = facts.facts(LookBack.of(Queries.WINDOW));
            SeriesFigures whole = new Groups(known, Scope.SYSTEM, List.of()).of(Subject.ALL);
            for (String label : List.of("node", "kind", "series")) {
                Collection<SeriesFigures> parts = new Groups(known, Scope.SYSTEM, List.of(label))
                        .bySubject()
                        .values();
                assertThat(parts.stream().mapToLong(Figures::count).sum()).isEqualTo(whole.count());
                assertThat(parts.stream()
                                .mapToDouble(part -> part.value(Measure.ERRORS, 1))
                                .sum())
                        .isEqualTo(whole.value(Measure.ERRORS, 1));
                if (whole.count() > 0) {
                    assertThat(parts.stream()
                                    .mapToDouble(part -> part.value(Measure.MAX, 1))
                                    .filter(Double::isFinite)
                                    .max())
                            .hasValue(whole.value(Measure.MAX, 1));
                    assertThat(whole.value(Measure.P95, 1))
                            .isBetween(whole.value(Measure.MIN, 1), whole.value(Measure.MAX, 1));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33, 34})
    void orderOfTheFactsChangesNothing(long seed) {
        Random random = new Random(seed);
        Facts known = facts(random).reach(Duration.ofDays(9)).facts(LookBack.of(Queries.WINDOW));
        List<SeriesFacts> turned = new java.util.ArrayList<>(known.series());
        java.util.Collections.reverse(turned);
        Facts other = new Facts(known.from(), known.to(), turned, known.samples());
        Groups one = new Groups(known, Scope.SYSTEM, List.of("kind"));
        Groups two = new Groups(other, Scope.SYSTEM, List.of("kind"));
        assertThat(new TreeSet<>(
                        one.bySubject().keySet().stream().map(Subject::key).toList()))
                .isEqualTo(new TreeSet<>(
                        two.bySubject().keySet().stream().map(Subject::key).toList()));
        for (Subject subject : one.bySubject().keySet()) {
            for (Measure measure : Measure.values()) {
                assertThat(one.of(subject).value(measure, 1))
                        .isEqualTo(two.of(subject).value(measure, 1));
            }
        }
    }
}
