package org.ergograph.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.ergograph.alert.condition.Evaluation;
import org.ergograph.alert.condition.Facts;
import org.ergograph.alert.condition.FactsSource;
import org.ergograph.alert.condition.Finding;
import org.ergograph.alert.condition.LookBack;
import org.ergograph.alert.condition.SampleFacts;
import org.ergograph.alert.condition.SeriesFacts;
import org.ergograph.alert.condition.Verdict;
import org.ergograph.alert.condition.Verdict.Outcome;
import org.ergograph.window.Distribution;
import org.ergograph.window.ValueDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShippedRulesTest {
    private static final Map<String, Double> THRESHOLDS = Map.ofEntries(
            Map.entry("p95_response_time", 1.0),
            Map.entry("p99_response_time", 2.0),
            Map.entry("error_rate", 0.05),
            Map.entry("error_rate_critical", 0.10),
            Map.entry("cpu_usage", 80.0),
            Map.entry("memory_usage", 85.0),
            Map.entry("disk_usage", 90.0),
            Map.entry("requests_per_second", 1000.0),
            Map.entry("database_query", 0.1),
            Map.entry("database_query_critical", 0.5),
            Map.entry("pool_utilization", 0.80),
            Map.entry("pool_utilization_critical", 0.95),
            Map.entry("cache_ping", 0.05),
            Map.entry("cache_ping_critical", 0.2),
            Map.entry("cache_hit_rate", 0.7),
            Map.entry("cache_hit_rate_critical", 0.5),
            Map.entry("token_validation", 0.2));

    private static FactsSource source(List<SeriesFacts> series, List<SampleFacts> samples) {
        Instant now = Instant.parse("2026-11-20T12:00:00Z");
        return new FactsSource() {
            @Override
            public Facts facts(LookBack lookBack) {
                return new Facts(now.minus(lookBack.length()), now, series, samples);
            }

            @Override
            public OptionalDouble threshold(String name) {
                Double value = THRESHOLDS.get(name);
                return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
            }
        };
    }

    private static Rule rule(String name) {
        return ShippedRules.all().stream()
                .filter(rule -> rule.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<Outcome> outcomes(String rule, FactsSource source) {
        return new Evaluation(source)
                .evaluate(rule(rule).query(), List.of()).stream()
                        .map(finding -> finding.verdict().outcome())
                        .toList();
    }

    @ParameterizedTest(name = "{0}: {4} calls of {1} {2} in {3} s, {5} errors: {6}")
    @CsvSource({
        "high_error_rate, http, GET /x, 0.01, 100, 6, MET",
        "high_error_rate, http, GET /x, 0.01, 100, 5, CLEAR",
        "high_error_rate, http, GET /x, 0.01, 9, 9, NO_DATA",
        "high_error_rate, http, GET /x, 0.01, 10, 9, MET",
        "high_error_rate, tool, search, 0.01, 100, 50, NO_DATA",
        "high_error_rate_critical, http, GET /x, 0.01, 100, 11, MET",
        "high_error_rate_critical, http, GET /x, 0.01, 100, 10, CLEAR",
        "high_tool_error_rate, tool, search, 0.01, 100, 6, MET",
        "high_tool_error_rate, tool, search, 0.01, 100, 5, CLEAR",
        "high_tool_error_rate_critical, tool, search, 0.01, 100, 11, MET",
        "high_tool_error_rate_critical, tool, search, 0.01, 100, 10, CLEAR",
        "high_response_time, http, GET /x, 1.02, 100, 0, MET",
        "high_response_time, http, GET /x, 0.98, 100, 0, CLEAR",
        "high_response_time_critical, http, GET /x, 2.1, 100, 0, MET",
        "high_response_time_critical, http, GET /x, 1.9, 100, 0, CLEAR",
        "high_throughput, http, GET /x, 0.001, 300001, 0, MET",
        "high_throughput, http, GET /x, 0.001, 300000, 0, CLEAR",
        "database_slow, external, database/ping, 0.11, 10, 0, MET",
        "database_slow, external, database/ping, 0.09, 10, 0, CLEAR",
        "database_slow_critical, external, database/ping, 0.55, 10, 0, MET",
        "database_slow_critical, external, database/ping, 0.45, 10, 0, CLEAR",
        "cache_ping_slow, external, cache/ping, 0.06, 10, 0, MET",
        "cache_ping_slow, external, cache/ping, 0.04, 10, 0, CLEAR",
        "cache_ping_slow_critical, external, cache/ping, 0.21, 10, 0, MET",
        "cache_ping_slow_critical, external, cache/ping, 0.19, 10, 0, CLEAR",
        "token_validation_slow, method, token validation, 0.21, 10, 0, MET",
        "token_validation_slow, http, GET /x, 9, 10, 0, NO_DATA",
        "upstream_down, external, files/(check), 0.01, 4, 3, MET",
        "upstream_down, external, files/(check), 0.01, 4, 2, CLEAR",
        "health_unhealthy, external, health/database, 0.01, 4, 3, MET",
        "health_unhealthy, external, health/database, 0.01, 4, 2, CLEAR",
        "audit_records_lost, external, health/audit, 0.01, 10, 1, MET",
        "audit_records_lost, external, health/audit, 0.01, 10, 0, CLEAR",
        "audit_records_lost, external, health/database, 0.01, 10, 1, CLEAR",
        "watchdog, http, GET /x, 0.01, 1, 0, MET"
    })
    void callsComeTo(String rule, String kind, String name, double seconds, int calls, long errors, Outcome outcome) {
        long[] nanos = new long[calls];
        java.util.Arrays.fill(nanos, Math.round(seconds * 1e9));
        String[] values = name.split("/", 2);
        Map<String, String> attributes =
                kind.equals("external") ? Map.of("server", values[0], "tool", values[1]) : Map.of();
        SeriesFacts facts = new SeriesFacts(kind, name, attributes, "n1", Distribution.of(errors, nanos));
        assertThat(outcomes(rule, source(List.of(facts), List.of()))).containsExactly(outcome);
    }

    @ParameterizedTest(name = "{0}: {1} of {2} is {3}")
    @CsvSource({
        "cpu_usage_high, cpu_usage_percent, 80.1, MET",
        "cpu_usage_high, cpu_usage_percent, 80, CLEAR",
        "memory_usage_high, memory_usage_percent, 85.1, MET",
        "memory_usage_high, memory_usage_percent, 85, CLEAR",
        "disk_usage_high, disk_usage_percent, 90.1, MET",
        "disk_usage_high, disk_usage_percent, 90, CLEAR",
        "pool_utilization_high, pool_database_utilization_ratio, 0.81, MET",
        "pool_utilization_high, pool_database_utilization_ratio, 0.8, CLEAR",
        "pool_utilization_critical, pool_database_utilization_ratio, 0.96, MET",
        "pool_utilization_critical, pool_database_utilization_ratio, 0.95, CLEAR",
        "cache_hit_rate_low, cache_hit_rate, 0.69, MET",
        "cache_hit_rate_low, cache_hit_rate, 0.7, CLEAR",
        "cache_hit_rate_critical, cache_hit_rate, 0.49, MET",
        "cache_hit_rate_critical, cache_hit_rate, 0.5, CLEAR",
        "tool_registry_degraded, health_tools, 1, MET",
        "tool_registry_degraded, health_tools, 0, CLEAR",
        "audit_backlog, health_audit, 1, MET",
        "audit_backlog, health_audit, 0, CLEAR",
        "alert_evaluation_late, alert_evaluation_lag_seconds, 61, MET",
        "alert_evaluation_late, alert_evaluation_lag_seconds, 60, CLEAR",
        "alert_evaluation_failing, alert_evaluation_failures, 1, MET",
        "alert_evaluation_failing, alert_evaluation_failures, 0, CLEAR"
    })
    void samplesComeTo(String rule, String sample, double value, Outcome outcome) {
        SampleFacts facts = new SampleFacts(sample, "1", "n1", ValueDistribution.of(value));
        assertThat(outcomes(rule, source(List.of(), List.of(facts)))).containsExactly(outcome);
    }

    @Test
    void everyRuleIsTriedHereAndNoneFiresOfNothing() {
        List<String> fired = new ArrayList<>();
        for (Rule rule : ShippedRules.all()) {
            for (Finding finding : new Evaluation(source(List.of(), List.of())).evaluate(rule.query(), List.of())) {
                if (finding.verdict().outcome() == Outcome.MET
                        || finding.verdict().outcome() == Outcome.ERROR) {
                    fired.add(rule.name());
                }
            }
        }
        assertThat(fired).containsExactly(ShippedRules.WATCHDOG);
        assertThat(ShippedRules.all()).hasSize(27);
    }

    @Test
    void whatIsOneOfManyEndsWhenItIsGoneForGood() {
        assertThat(ShippedRules.all())
                .allSatisfy(rule -> assertThat(rule.timing().onNoData())
                        .as(rule.name())
                        .isEqualTo(rule.query().groupBy().isEmpty() ? OnNoData.KEEP : OnNoData.RESOLVE));
        assertThat(rule("health_unhealthy").query().groupBy()).containsExactly("tool", "node");
    }

    @Test
    void nodesAreToldApart() {
        List<Finding> findings = new Evaluation(source(
                        List.of(),
                        List.of(
                                new SampleFacts("cpu_usage_percent", "%", "n1", ValueDistribution.of(95)),
                                new SampleFacts("cpu_usage_percent", "%", "n2", ValueDistribution.of(5)))))
                .evaluate(rule("cpu_usage_high").query(), List.of());
        assertThat(findings)
                .extracting(each -> each.subject().key(), each -> each.verdict().outcome())
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("node=\"n1\"", Outcome.MET),
                        org.assertj.core.groups.Tuple.tuple("node=\"n2\"", Outcome.CLEAR));
    }

    @ParameterizedTest(name = "{0} is told to {1}, again after {2}, escalated after {3}")
    @CsvSource(
            delimiter = ';',
            value = {
                "high_error_rate; WARNING; email,slack; PT30M; PT1H",
                "high_error_rate_critical; CRITICAL; email,slack; PT30M; PT1H",
                "high_response_time; WARNING; email; PT1H; PT2H",
                "high_response_time_critical; CRITICAL; email; PT1H; PT2H",
                "cpu_usage_high; WARNING; email,webhook; PT15M; PT30M",
                "memory_usage_high; WARNING; email,webhook; PT15M; PT30M",
                "high_throughput; INFO; log; PT1H; PT0S",
                "database_slow; WARNING; log; PT1H; PT30M",
                "watchdog; INFO; log; PT1H; PT0S"
            })
    void ruleIsToldTo(String name, Severity severity, String channels, Duration cooldown, Duration escalation) {
        Rule rule = rule(name);
        assertThat(rule.severity()).isEqualTo(severity);
        assertThat(rule.severityWord()).isEqualTo(severity.word());
        assertThat(String.join(",", rule.channels())).isEqualTo(channels);
        assertThat(rule.notice().cooldown()).isEqualTo(cooldown);
        assertThat(rule.notice().escalation()).isEqualTo(escalation);
    }

    @Test
    void allButTheWatchdogAreEnabledAndEvaluatedEveryMinute() {
        assertThat(ShippedRules.all()).allSatisfy(rule -> {
            assertThat(rule.enabled()).isEqualTo(!rule.name().equals("watchdog"));
            assertThat(rule.id()).isEqualTo(rule.name());
            assertThat(rule.shipped()).isTrue();
            assertThat(rule.timing().evaluationPeriod()).isEqualTo(Duration.ofMinutes(1));
            assertThat(rule.timing().autoResolve()).isTrue();
        });
        assertThat(ShippedRules.all()).extracting(Rule::name).doesNotHaveDuplicates();
    }

    @Test
    void slowBurnIsAWarningAtMost() {
        Verdict ticket = new Verdict(
                Outcome.MET, "burn_rate_ticket(\"PT72H\")", OptionalDouble.of(2), OptionalDouble.of(1), 10, "");
        Verdict page = new Verdict(
                Outcome.MET, "burn_rate_page(\"PT1H\")", OptionalDouble.of(20), OptionalDouble.of(14.4), 10, "");
        Rule critical = rule("upstream_down");
        assertThat(critical.after(ticket).severity()).isEqualTo(Severity.WARNING);
        assertThat(critical.after(ticket).severityWord()).isEqualTo("warning");
        assertThat(critical.after(ticket).id()).isEqualTo(critical.id());
        assertThat(critical.after(page)).isSameAs(critical);
        assertThat(rule("high_throughput").after(ticket).severity()).isEqualTo(Severity.INFO);
    }
}
