package org.ergograph.alert.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.ergograph.alert.condition.Verdict.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Conditions that want more than a condition may: all are refused, or come to nothing, and soon. */
class EscapeTest {
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final long LITTLE = 64L << 20;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\".getClass().forName(\"java.lang.Runtime\").getRuntime().exit(0) > 0",
                "\"\".getClass() != null",
                "p95.getClass() > 0",
                "p95.class > 0",
                "java.lang.System.exit(0) > 0",
                "java.lang.Runtime.getRuntime().availableProcessors() > 0",
                "T(java.lang.Runtime).getRuntime().exec(\"id\") > 0",
                "new java.io.File(\"/\").list() > 0",
                "${7 * 7} > 1",
                "#{p95} > 1",
                "@p95 > 1",
                "__proto__ > 1",
                "constructor.constructor(\"return 1\")() > 0",
                "System.getenv(\"PATH\") == \"\"",
                "tool(\"x\").p95.getClass().getName() == \"\"",
                "tool(\"x\").getClass().p95 > 0",
                "org.ergograph.alert.Rule{name: \"x\"}.name == \"\"",
                "google.protobuf.Any{}.value > 0",
                "type(p95) == double",
                "dyn(p95) > 0",
                "int(p95) > 0",
                "string(p95).matches(\"(a+)+$\")",
                "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\".matches(\"(a+)+$\")",
                "\"a\" + \"b\" == \"ab\"",
                "size(\"abc\") > 1",
                "[1, 2].map(x, x * 2).size() > 1",
                "[1, 2, 3].all(x, x > 0)",
                "[1, 2, 3].exists(x, x > 0)",
                "[1].map(a, [1].map(b, [1].map(c, a))).size() > 0",
                "has(p95.x)",
                "cel.bind(x, p95, x > 1)",
                "timestamp(\"2026-01-01T00:00:00Z\") > timestamp(\"2025-01-01T00:00:00Z\")",
                "duration(\"1s\") > duration(\"0s\")",
                "x = 1",
                "p95 > 1; p99 > 1",
                "(x -> x)(1) > 0",
                "`p95` > 1",
                ".p95 > 1",
                "p95 .? x > 1",
                "b\"x\" == b\"x\"",
                "null == null",
                "true == true",
                "tool(\"x\\u0000\" + \"y\").p95 > 1",
                "import java.util.List",
                "\u0000",
                "",
                " ",
                "\n\n",
                "// p95 > 1",
            })
    void whatIsNoConditionIsRefused(String text) {
        assertThatThrownBy(() -> Condition.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(?s)condition, line \\d+, column \\d+: .+")
                .satisfies(e -> assertThat(e.getMessage())
                        .doesNotContain("dev.cel", "antlr", "Exception", "EOF", "IDENTIFIER", "NUM_FLOAT", "\u0000")
                        .hasSizeLessThan(700));
    }

    static Stream<String> tooMuch() {
        return Stream.of(
                "(".repeat(900) + "p95" + ")".repeat(900) + " > 1",
                "p95" + " + 1".repeat(400) + " > 1",
                "true ? ".repeat(200) + "true" + " : true".repeat(200),
                "[".repeat(900) + "]".repeat(900),
                "{1:".repeat(400) + "1" + "}".repeat(400) + ".a > 1",
                "tool(\"x\")" + ".before(\"PT1H\")".repeat(110) + ".p95 > 1",
                "p95" + ".a".repeat(900) + " > 1",
                "f(".repeat(600) + ")".repeat(600),
                "p95 > 1 && ".repeat(1_000_000) + "true",
                "a".repeat(50_000_000),
                "tool(\"" + "x".repeat(151) + "\").p95 > 1",
                "\"" + "\\".repeat(1900),
                "$".repeat(1999));
    }

    @ParameterizedTest
    @MethodSource("tooMuch")
    void whatIsTooMuchIsRefusedSoonAndWithLittleMemory(String text) {
        long allocated = allocated();
        long start = System.nanoTime();
        assertThatThrownBy(() -> Condition.parse(text)).isInstanceOf(IllegalArgumentException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
        assertThat(allocated() - allocated).isLessThan(LITTLE);
    }

    static Stream<String> muchAndAllowed() {
        return Stream.of(
                "p95 > 1" + " && p95 > 1".repeat(180),
                "p95 > 1" + " || p95 > 1".repeat(180),
                "-".repeat(1000) + "p95 > 1",
                "!".repeat(1900) + "(p95 > 1)",
                "p95" + " + 1".repeat(40) + " > 1",
                "p95" + " * 1e300".repeat(40) + " > 1",
                "(".repeat(30) + "p95" + ")".repeat(30) + " > 1",
                "deviation(\"p95\") > 1 || deviation(\"p99\") > 1 || deviation(\"mean\") > 1 || deviation(\"max\") > 1");
    }

    @ParameterizedTest
    @MethodSource("muchAndAllowed")
    void whatIsMuchAndAllowedIsEvaluatedSoonAndWithLittleMemory(String text) {
        KnownFacts facts = new KnownFacts().tool("x", 0, 2);
        long allocated = allocated();
        long start = System.nanoTime();
        Queries.only(facts, text);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
        assertThat(allocated() - allocated).isLessThan(LITTLE);
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "count / 0 > 1",
                "0 / 0 == 0",
                "count / (count - count) > 1",
                "9223372036854775807 * 1e308 > 1",
                "1e308 * 10 > 1",
                "-1e308 * 10 < 1",
                "1e308 + 1e308 > 1"
            })
    void whatHasNoFiniteValueIsNotKnown(String text) {
        Verdict verdict = Queries.only(new KnownFacts().tool("x", 0, 2), text);
        assertThat(verdict.outcome()).isEqualTo(Outcome.NO_DATA);
        assertThat(verdict.reason()).contains("has no finite value");
    }

    @Test
    void wholeNumbersDoNotOverflow() {
        assertThat(Queries.only(new KnownFacts(), "9223372036854775807 + 9223372036854775807 > 0")
                        .outcome())
                .isEqualTo(Outcome.MET);
    }

    @Test
    void manyTimesBeforeAreRefused() {
        StringBuilder text = new StringBuilder("p95 > 1");
        for (int i = 1; i <= ConditionReader.MAX_EARLIER; i++) {
            text.append(" || before(\"PT").append(i).append("M\").p95 > 1");
        }
        assertThat(Condition.parse(text.toString()).lookBacks(Queries.WINDOW)).hasSize(9);
        assertThatThrownBy(() -> Condition.parse(text + " || before(\"PT1H\").p95 > 1"))
                .hasMessageContaining("it looks at more than 8 different times before");
    }

    @Test
    void manyDeviationsAreRefused() {
        String four =
                "deviation(\"p95\") > 1 || deviation(\"p99\") > 1 || deviation(\"mean\") > 1 || deviation(\"max\") > 1";
        assertThat(Condition.parse(four + " || deviation(\"p95\") > 2")).isNotNull();
        assertThatThrownBy(() -> Condition.parse(four + " || deviation(\"min\") > 2"))
                .hasMessageContaining("there are more than 4 different deviations");
    }

    @Test
    void textAtTheLimitIsTaken() {
        String longest = "p95 > 1" + " ".repeat(ConditionReader.MAX_LENGTH - 7);
        assertThat(Condition.parse(longest)).isNotNull();
        assertThatThrownBy(() -> Condition.parse(longest + " "))
                .hasMessage("condition has 2001 characters: must have at most 2000");
    }

    @Test
    void evaluationAsksForNothingButFactsAndThresholds() {
        List<String> functions = Syntax.FUNCTIONS;
        assertThat(functions)
                .containsExactlyInAnyOrder(
                        "all",
                        "sample",
                        "before",
                        "deviation",
                        "absent",
                        "threshold",
                        "http",
                        "db",
                        "workflow",
                        "tool",
                        "mcp",
                        "external",
                        "method",
                        "admin");
    }
}
