package org.ergograph.notify.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.ergograph.alert.Rule;
import org.ergograph.alert.condition.Condition;
import org.ergograph.alert.condition.Query;
import org.ergograph.alert.condition.Scope;
import org.ergograph.alert.condition.Slo;
import org.ergograph.web.JsonBody;
import org.ergograph.web.ProblemException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleFileTest {
    /** Stands for the reader of rules: knows a rule again by its name. */
    private static final Map<String, Rule> KNOWN = new HashMap<>();

    private static final List<Rule> SAMPLES = List.of(
            Rules.rule("slow", "http", "p95 > 1"),
            Rules.rule("errors \"quoted\" \\ and {{braces}}", "macro", "error_rate > 0.05 && count > 20"),
            Rules.rule("busy", "system", "cpu_usage > 80.0"),
            Rules.rule("gone", "tool:search", "absent()"),
            Rules.rule("slower than before", "db:select users", "p99 > 2 * before(\"PT1H\").p99"),
            Rules.rule("too slow as set", "http", "p95 > threshold(\"p95_response_time\")"),
            Rules.rule(
                    "budget",
                    new Query(
                            null,
                            null,
                            new Scope("http"),
                            List.of(),
                            Duration.ofMinutes(5),
                            100,
                            new Slo(0.999, Duration.ofDays(30))),
                    "{rule} burns at {value} of {threshold} for {subject}, {label.team} {{literally}}",
                    true),
            Rules.rule(
                    "per tool",
                    new Query(
                            Condition.parse("mean > 0.5"),
                            null,
                            new Scope("tool:s*"),
                            List.of("tool", "node"),
                            Duration.ofMinutes(10),
                            5,
                            null),
                    "",
                    true),
            Rules.rule("everything", "system", "all().error_rate > 0.1"),
            Rules.rule("odd", "http", "deviation(\"p95\") > 3"),
            Rules.rule("asleep", Rules.rule("x", "http", "p95 > 1").query(), "", false));

    @BeforeAll
    static void know() {
        SAMPLES.forEach(rule -> KNOWN.put(rule.name(), rule));
    }

    private static OptionalDouble threshold(String name) {
        return name.equals("p95_response_time") ? OptionalDouble.of(1.25) : OptionalDouble.empty();
    }

    private static String definition(Rule rule) {
        Condition condition = rule.query().condition();
        return "{\"name\":" + PromQl.quoted(rule.name()) + ",\"as\":\"{{ it was }}\""
                + (condition != null && condition.text().contains("threshold(") ? ",\"c\":\"threshold(x)\"}" : "}");
    }

    private static RuleFile file() {
        return RuleFile.of(SAMPLES, RuleFileTest::definition, RuleFileTest::threshold);
    }

    private static Rule read(JsonBody body) {
        String name = body.text("name", 1, 200);
        Rule known = KNOWN.get(name);
        if (known == null) {
            throw ProblemException.badField("name", name, "known");
        }
        return known;
    }

    @Test
    void whatCannotBeExportedIsNamedWithItsReason() {
        assertThat(file().refused()).containsOnlyKeys("odd", "asleep").containsEntry("asleep", "it is disabled");
        assertThat(file().toString())
                .startsWith(
                        "# Rules for Prometheus, exported by Ergograph: 9 exported, 3 of them with a note, 2 not exported")
                .contains("# Not exported: odd: deviation() compares with the median of earlier windows");
    }

    @Test
    void exportedRulesAreTheSameAfterTheirImport() {
        List<ImportedRule> rules = new RuleImport(RuleFileTest::read, RuleFileTest::threshold, Duration.ofSeconds(30))
                .rules(FileRule.all(file().toString()));
        assertThat(rules).hasSize(9).allSatisfy(rule -> {
            assertThat(rule.why()).as(rule.name()).isNull();
            assertThat(rule.exact()).as(rule.name()).isTrue();
            assertThat(rule.rule()).isSameAs(KNOWN.get(rule.name()));
        });
    }

    @Test
    void ruleThatWasChangedSinceItsExportIsTranslated() {
        String changed = file().toString().replace("[5m]))) > 1\"", "[5m]))) > 3\"");
        assertThat(changed).isNotEqualTo(file().toString());
        List<String> bodies = new ArrayList<>();
        RuleImport reading = new RuleImport(
                body -> {
                    Rule rule = read(body);
                    if (body.has("evaluationPeriod")) {
                        bodies.add(body.optionalText("condition", 0, 200) + " " + body.optionalText("scope", 0, 200)
                                + " " + body.optionalText("for", 0, 9));
                    }
                    return rule;
                },
                RuleFileTest::threshold,
                Duration.ofSeconds(30));
        ImportedRule slow = reading.rules(FileRule.all(changed)).stream()
                .filter(rule -> rule.name().equals("slow"))
                .findFirst()
                .orElseThrow();
        assertThat(slow.exact()).isFalse();
        assertThat(slow.notes()).anyMatch(note -> note.contains("changed since its export"));
        assertThat(bodies).containsExactly("p95 > 3 http PT2M");
    }

    @Test
    void thresholdThatIsAnotherByNowIsNoChangeOfTheRule() {
        List<ImportedRule> rules = new RuleImport(
                        RuleFileTest::read, name -> OptionalDouble.of(9), Duration.ofSeconds(30))
                .rules(FileRule.all(file().toString()));
        assertThat(rules)
                .filteredOn(rule -> rule.name().equals("too slow as set"))
                .singleElement()
                .satisfies(rule -> {
                    assertThat(rule.exact()).isTrue();
                    assertThat(rule.notes()).anyMatch(note -> note.contains("are set here"));
                });
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        not YAML           | a: [                                            | no well-formed YAML
        empty              | ''                                              | no rule file of Prometheus
        no groups          | rules: []                                       | no rule file of Prometheus
        group of nothing   | groups: [{name: a}]                             | a group has no rules
        alias              | {a: &x [1], groups: *x}                         | has an alias, which is not followed (line 1)
        named type         | groups: !!java.net.URL ["http://127.0.0.1"]     | names a type, which is not obeyed
        typed text         | groups: !!java.io.File x                        | names a type, which is not obeyed
        same key twice     | {groups: [], groups: []}                        | has the key groups twice
        a key that is none | {[a]: 1}                                        | has a key that is no text
        """)
    void whatIsNoRuleFileIsRefused(String why, String yaml, String message) {
        assertThatExceptionOfType(ProblemException.class)
                .as(why)
                .isThrownBy(() -> FileRule.all(yaml))
                .withMessageContaining(message);
    }

    @Test
    void depthAndNumberOfRulesAreBounded() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> FileRule.all("groups: " + "[".repeat(60) + "]".repeat(60)))
                .withMessageContaining("nested deeper");
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> FileRule.all(
                        "groups:\n- name: a\n  rules:\n" + "  - {alert: a, expr: b}\n".repeat(FileRule.MAX_RULES + 1)))
                .withMessageContaining("at most 1000 rules");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
        {record: "a:b", expr: "sum(x)"}                        | a recording rule
        {alert: slow}                                          | expr is missing
        {alert: slow, expr: "up == 0"}                         | the metric up is not one of this product's
        {alert: slow, expr: "mcp_cpu_usage_percent > 1", for: 5} | '5' is no duration of Prometheus
        {alert: slow, expr: "mcp_cpu_usage_percent > 1", x: y} | the field x is not known
        {alert: slow, expr: "mcp_cpu_usage_percent > 1", labels: [a]} | labels is no mapping
        {alert: unknown, expr: "mcp_cpu_usage_percent > 1"}    | name is unknown: must be known
        """)
    void ruleThatDoesNotTranslateIsToldWithItsReason(String rule, String why) {
        List<FileRule> file = FileRule.all("groups: [{name: g, rules: [" + rule + "]}]");
        assertThat(new RuleImport(RuleFileTest::read, RuleFileTest::threshold, Duration.ofSeconds(30)).rules(file))
                .singleElement()
                .satisfies(imported -> assertThat(imported.why()).contains(why));
    }

    /** With Prometheus' own tool. */
    @Nested
    class InPrometheus {
        @TempDir
        Path directory;

        @BeforeAll
        static void require() {
            Promtool.require();
        }

        @Test
        void exportedRulesPassItsCheck() throws IOException, InterruptedException {
            Files.writeString(directory.resolve("rules.yml"), file().toString());
            Promtool.Answer answer = Promtool.run(directory, "check", "rules", "rules.yml");
            assertThat(answer.ok()).as(answer.text()).isTrue();
            assertThat(answer.text()).contains("9 rules found");
        }

        @Test
        void exportedRulesFireWhenOursWould() throws IOException, InterruptedException {
            Files.writeString(directory.resolve("rules.yml"), file().toString());
            Files.copy(Path.of("src/test/prometheus/exported-rules-test.yml"), directory.resolve("test.yml"));
            Promtool.Answer answer = Promtool.run(directory, "test", "rules", "test.yml");
            assertThat(answer.ok()).as(answer.text()).isTrue();
        }
    }
}
