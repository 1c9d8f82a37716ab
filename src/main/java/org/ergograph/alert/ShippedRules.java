package org.ergograph.alert;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ergograph.alert.condition.Condition;
import org.ergograph.alert.condition.Query;
import org.ergograph.alert.condition.Scope;

/**
 * The rules that come with the product. They compare with thresholds that people can set while the application runs. What is
 * judged by shares or quantiles of calls needs ten calls: fewer say little. Figures of machines are told apart by node.
 */
public final class ShippedRules {
    /** The rule that always fires, so that whoever stops hearing of it knows that alerting is dead; disabled as it comes. */
    public static final String WATCHDOG = "watchdog";

    /** The samples of how late the evaluation of rules is, in seconds. */
    public static final String EVALUATION_LAG = "alert_evaluation_lag_seconds";

    /** The samples of how many evaluations failed since the sample before. */
    public static final String EVALUATION_FAILURES = "alert_evaluation_failures";

    private static final List<String> LOG = List.of("log");
    private static final List<String> EMAIL = List.of("email");
    private static final List<String> PEOPLE = List.of("email", "slack");
    private static final List<String> MACHINES = List.of("email", "webhook");
    private static final RuleTiming TIMING =
            new RuleTiming(Duration.ofMinutes(1), Duration.ZERO, Duration.ZERO, null, OnNoData.KEEP, true);

    /** Of one of many: a node or a server that is gone for good has no data ever again, and its alert would never end. */
    private static final RuleTiming TIMING_OF_EACH =
            new RuleTiming(Duration.ofMinutes(1), Duration.ZERO, Duration.ZERO, null, OnNoData.RESOLVE, true);

    private final List<Rule> rules = new ArrayList<>();
    private Scope scope = Scope.SYSTEM;
    private List<String> groupBy = List.of();
    private Duration window = Duration.ofMinutes(5);
    private long minSamples = 1;
    private Notice notice = notice(LOG, 60, 30);

    private ShippedRules() {}

    /** All of them; each id is the name. */
    public static List<Rule> all() {
        ShippedRules shipped = new ShippedRules();
        shipped.calls();
        shipped.machines();
        shipped.dependencies();
        shipped.health();
        shipped.ourselves();
        return List.copyOf(shipped.rules);
    }

    private void calls() {
        notice = notice(PEOPLE, 30, 60);
        ofManyCalls("http");
        add("high_error_rate", Severity.WARNING, "error_rate > threshold(\"error_rate\")");
        add("high_error_rate_critical", Severity.CRITICAL, "error_rate > threshold(\"error_rate_critical\")");
        ofManyCalls("tool");
        add("high_tool_error_rate", Severity.WARNING, "error_rate > threshold(\"error_rate\")");
        add("high_tool_error_rate_critical", Severity.CRITICAL, "error_rate > threshold(\"error_rate_critical\")");
        ofManyCalls("http");
        notice = notice(EMAIL, 60, 120);
        add("high_response_time", Severity.WARNING, "p95_response_time > threshold(\"p95_response_time\")");
        add("high_response_time_critical", Severity.CRITICAL, "p99_response_time > threshold(\"p99_response_time\")");
        notice = notice(LOG, 60, 0);
        add("high_throughput", Severity.INFO, "requests_per_second > threshold(\"requests_per_second\")");
    }

    private void machines() {
        of("system", "node");
        notice = notice(MACHINES, 15, 30);
        add("cpu_usage_high", Severity.WARNING, "cpu_usage > threshold(\"cpu_usage\")");
        add("memory_usage_high", Severity.WARNING, "memory_usage > threshold(\"memory_usage\")");
        add("disk_usage_high", Severity.WARNING, "disk_usage > threshold(\"disk_usage\")");
        notice = notice(LOG, 60, 30);
        add("pool_utilization_high", Severity.WARNING, "pool_utilization > threshold(\"pool_utilization\")");
        add(
                "pool_utilization_critical",
                Severity.CRITICAL,
                "pool_utilization > threshold(\"pool_utilization_critical\")");
    }

    /** Pings are few, and one may be late by chance: two of ten are not. */
    private void dependencies() {
        of("external:database/ping");
        add("database_slow", Severity.WARNING, "p90 > threshold(\"database_query\")");
        add("database_slow_critical", Severity.CRITICAL, "p90 > threshold(\"database_query_critical\")");
        of("external:cache/ping");
        add("cache_ping_slow", Severity.WARNING, "p90 > threshold(\"cache_ping\")");
        add("cache_ping_slow_critical", Severity.CRITICAL, "p90 > threshold(\"cache_ping_critical\")");
        of("system", "node");
        add("cache_hit_rate_low", Severity.WARNING, "cache_hit_rate < threshold(\"cache_hit_rate\")");
        add("cache_hit_rate_critical", Severity.CRITICAL, "cache_hit_rate < threshold(\"cache_hit_rate_critical\")");
        of("method:token validation");
        add("token_validation_slow", Severity.WARNING, "p95 > threshold(\"token_validation\")");
        window = Duration.ofMinutes(2);
        of("external:*/(check)", "server");
        add("upstream_down", Severity.CRITICAL, "error_rate > 0.5");
    }

    /** Checks are repeated soon where they fail, so that more than half of them fail soon after the first. */
    private void health() {
        of("external:health/*", "tool", "node");
        add("health_unhealthy", Severity.CRITICAL, "error_rate > 0.5");
        of("system", "node");
        add("tool_registry_degraded", Severity.WARNING, "sample(\"health_tools\").min >= 1");
        add("audit_backlog", Severity.WARNING, "sample(\"health_audit\").min >= 1");
        window = Duration.ofMinutes(5);
        of("external:health/audit");
        add("audit_records_lost", Severity.CRITICAL, "errors > 0");
    }

    private void ourselves() {
        of("system");
        add("alert_evaluation_late", Severity.WARNING, "sample(\"" + EVALUATION_LAG + "\").max > 60");
        add("alert_evaluation_failing", Severity.WARNING, "sample(\"" + EVALUATION_FAILURES + "\").max > 0");
        notice = notice(LOG, 60, 0);
        add(WATCHDOG, Severity.INFO, "true");
    }

    private void of(String looksAt, String... by) {
        scope = new Scope(looksAt);
        groupBy = List.of(by);
        minSamples = 1;
    }

    private void ofManyCalls(String looksAt) {
        of(looksAt);
        minSamples = 10;
    }

    private static Notice notice(List<String> channels, int cooldownMinutes, int escalationMinutes) {
        return new Notice(channels, "", Duration.ofMinutes(cooldownMinutes), Duration.ofMinutes(escalationMinutes));
    }

    private void add(String name, Severity severity, String condition) {
        Query query = new Query(Condition.parse(condition), null, scope, groupBy, window, minSamples, null);
        rules.add(new Rule(
                name,
                1,
                name,
                severity,
                severity.word(),
                !name.equals(WATCHDOG),
                query,
                groupBy.isEmpty() ? TIMING : TIMING_OF_EACH,
                notice,
                Map.of(),
                true));
    }
}
