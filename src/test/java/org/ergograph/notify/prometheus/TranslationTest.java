package org.ergograph.notify.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.ergograph.alert.condition.Condition;
import org.ergograph.alert.condition.Query;
import org.ergograph.alert.condition.Scope;
import org.ergograph.alert.condition.Slo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Queries as PromQL and back. */
class TranslationTest {
    private static Query query(String scope, String groupBy, String condition, long minSamples) {
        List<String> by = groupBy.isEmpty()
                ? List.of()
                : Arrays.stream(groupBy.split(" ")).toList();
        return new Query(
                Condition.parse(condition), null, new Scope(scope), by, Duration.ofMinutes(5), minSamples, null);
    }

    private static ToPromQl to(Query query) {
        return new ToPromQl(
                query, name -> name.equals("p95_response_time") ? OptionalDouble.of(1.25) : OptionalDouble.empty());
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
        http            | ''       | p95 > 1              | histogram_quantile(0.95, sum by (le) (rate(mcp_http_request_duration_seconds_bucket[5m]))) > 1
        macro           | tool     | rate >= 2.5          | sum by (tool) (rate(mcp_tool_executions_total[5m])) >= 2.5
        tool:search*    | ''       | count < 10           | (sum(increase(mcp_tool_executions_total{tool=~"search.*"}[5m])) or vector(0)) < 10
        http:GET /a.b   | ''       | mean > 0.1           | sum(rate(mcp_http_request_duration_seconds_sum{method="GET",endpoint="/a.b"}[5m])) / sum(rate(mcp_http_request_duration_seconds_count{method="GET",endpoint="/a.b"}[5m])) > 0.1
        db              | series   | p99 > 0.5            | histogram_quantile(0.99, sum by (le, operation, table) (rate(mcp_db_operation_duration_seconds_bucket[5m]))) > 0.5
        tool            | node     | rate > 1 && count > 5 | sum by (instance) (rate(mcp_tool_executions_total[5m])) > 1 and sum by (instance) (increase(mcp_tool_executions_total[5m])) > 5
        tool            | ''       | !(rate > 1 OR rate < 0.5) | (sum(rate(mcp_tool_executions_total[5m])) or vector(0)) <= 1 and (sum(rate(mcp_tool_executions_total[5m])) or vector(0)) >= 0.5
        tool:x          | ''       | error_rate > 0.1     | (sum(rate(mcp_tool_executions_total{tool="x",status="error"}[5m])) or vector(0)) / sum(rate(mcp_tool_executions_total{tool="x"}[5m])) > 0.1
        tool            | ''       | p95 > 2 * before("PT1H").p95 | histogram_quantile(0.95, sum by (le) (rate(mcp_tool_execution_duration_seconds_bucket[5m]))) > 2 * histogram_quantile(0.95, sum by (le) (rate(mcp_tool_execution_duration_seconds_bucket[5m] offset 1h)))
        tool:x          | ''       | absent()             | (sum(increase(mcp_tool_executions_total{tool="x"}[5m])) or vector(0)) == 0
        system          | ''       | cpu_usage > 80.0     | avg(avg_over_time(mcp_cpu_usage_percent[5m])) > 80
        system          | node     | cpu_usage > 80         | avg by (instance) (avg_over_time(mcp_cpu_usage_percent[5m])) > 80
        system          | ''       | sample("heap_used_bytes").max > 5 | max(max_over_time(mcp_heap_used_bytes[5m])) > 5
        system          | ''       | tool("a").rate > http("GET /b").rate | (sum(rate(mcp_tool_executions_total{tool="a"}[5m])) or vector(0)) > (sum(rate(mcp_http_requests_total{method="GET",endpoint="/b"}[5m])) or vector(0))
        http            | ''       | p95 > threshold("p95_response_time") | histogram_quantile(0.95, sum by (le) (rate(mcp_http_request_duration_seconds_bucket[5m]))) > 1.25
        external        | server   | errors > 3           | (sum by (server) (increase(ergograph_upstream_calls_total{status="error"}[5m])) or 0 * sum by (server) (increase(ergograph_upstream_calls_total[5m]))) > 3
        """)
    void conditionIsSaidInPromQl(String scope, String groupBy, String condition, String expected) {
        PromQl expression =
                to(query(scope, groupBy, condition.replace("OR", "||"), 1)).expression();
        assertThat(expression).hasToString(expected);
        assertThat(PromQlParser.parse(expected)).isEqualTo(expression);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
        system    | ''     | p95 > 1                        | different buckets
        http      | ''     | deviation("p95") > 3           | the median of earlier windows
        http      | ''     | max > 3                        | max is in no metric of http
        system    | ''     | memory_usage > 85              | no metric has what is sampled as memory_usage_percent
        system    | ''     | sample("cpu_usage_percent").p95 > 1 | p95 of a sample
        admin     | ''     | count > 1                      | no metric says anything of the scope admin
        system    | tool   | rate > 1                       | looks at all kinds and tells its subjects apart
        tool      | tool   | rate > tool("x").rate          | none of these labels
        tool      | tool   | absent()                       | forgets a series that is absent
        http:*/x* | ''     | rate > 1                       | does not say where method ends
        http      | ''     | p95 > threshold("nothing")     | there is no threshold nothing
        http      | ''     | 1 > 2                          | compares numbers with numbers
        """)
    void whatPromQlCannotSayIsToldAndWhy(String scope, String groupBy, String condition, String why) {
        assertThatExceptionOfType(UntranslatableException.class)
                .isThrownBy(() -> to(query(scope, groupBy, condition, 1)).expression())
                .withMessageContaining(why);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
        http          | ''     | p95 > 1                          | 1
        http          | series | p50 > 1                          | 1
        tool:search*  | ''     | error_rate > 0.05                | 20
        http:GET /a.b | node   | errors_per_second >= 0.5         | 1
        workflow:a/b  | ''     | mean > 0.1 && count > 5          | 1
        db:* users    | ''     | p99 > 1 OR errors > 3        | 1
        mcp           | ''     | rate > 2 * before("PT1H").rate   | 1
        method:x      | ''     | count == 0                       | 1
        system        | ''     | sample("cpu_usage_percent").mean > 80 | 1
        system        | node   | sample("heap_used_bytes").max > 80 | 1
        system        | ''     | rate > 1000                      | 1
        system        | ''     | tool("a").rate > http("GET /b").rate | 1
        system        | ''     | tool("*").p95 > 2 * http("* /b*").before("PT1H").p50 | 5
        http          | ''     | p95 > 1 OR count > 3            | 7
        external      | server | (errors + 1) / (count + 2) > 0.5 | 1
        """)
    void whatIsExportedIsReadAgain(String scope, String groupBy, String condition, long minSamples) {
        Query query = query(scope, groupBy, condition.replace("OR", "||"), minSamples);
        PromQl expression = to(query).expression();
        assertThat(new FromPromQl().query(PromQlParser.parse(expression.toString())))
                .isEqualTo(query);
    }

    @Test
    void burnRatesOfAnObjectiveGoThereAndBack() {
        Query query = new Query(
                null,
                null,
                new Scope("http"),
                List.of(),
                Duration.ofMinutes(5),
                50,
                new Slo(0.999, Duration.ofDays(30)));
        String expression = to(query).expression().toString();
        assertThat(expression)
                .contains("[1h])) > 14.4 * 0.001 and", "[5m])) > 14.4 * 0.001 and", "[3d])) > 1 * 0.001")
                .contains("(sum(increase(mcp_http_requests_total[1h])) or vector(0)) >= 50");
        assertThat(new FromPromQl().query(PromQlParser.parse(expression))).isEqualTo(query);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        mcp_cpu_usage_percent > 80 | system | node | PT1M | sample("cpu_usage_percent").mean > 80
        avg_over_time(mcp_cpu_usage_percent[10m]) > 80 | system | node | PT10M | sample("cpu_usage_percent").mean > 80
        sum(rate(mcp_http_requests_total{status=~"5.*"}[2m])) / sum(rate(mcp_http_requests_total[2m])) > 0.05 | http | '' | PT2M | error_rate > 0.05
        100 * sum(rate(mcp_tool_executions_total{status="error"}[5m])) / sum(rate(mcp_tool_executions_total[5m])) > 5 | tool | '' | PT5M | (100 * errors_per_second) / rate > 5
        sum by (endpoint) (rate(mcp_http_request_duration_seconds_count[5m])) > 100 | http | endpoint | PT5M | rate > 100
        histogram_quantile(0.99, sum(rate(mcp_tool_execution_duration_seconds_bucket{tool="search"}[5m])) by (le)) > 2 | tool:search | '' | PT5M | p99 > 2
        histogram_quantile(0.9, sum by (endpoint, le) (rate(mcp_http_request_duration_seconds_bucket{endpoint=~"/api/.+"}[5m]))) > 2 | http:* /api/* | endpoint | PT5M | p90 > 2
        sum(increase(mcp_tool_executions_total{tool="a"}[1h])) < 1 unless sum(increase(mcp_tool_executions_total{tool="a"}[1h])) > 5 | tool:a | '' | PT1H | count < 1 && !(count > 5)
        """)
    void whatPeopleWriteIsRead(String text, String scope, String groupBy, Duration window, String condition) {
        Query query = new FromPromQl().query(PromQlParser.parse(text));
        assertThat(query.scope()).isEqualTo(new Scope(scope));
        assertThat(String.join(" ", query.groupBy())).isEqualTo(groupBy);
        assertThat(query.window()).isEqualTo(window);
        assertThat(query.condition()).hasToString(condition);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        up == 0                                                          | the metric up is not one of this product's
        mcp_http_active_requests > 5                                     | is no figure of the record
        rate(mcp_http_requests_total[5m]) > 5                            | is no figure of the record
        sum(rate(mcp_http_requests_total{job="x"}[5m])) > 5              | the label job
        sum(rate(mcp_http_requests_total{endpoint!="x"}[5m])) > 5        | the matcher endpoint!="x"
        sum by (job) (rate(mcp_http_requests_total[5m])) > 5             | by job
        sum(rate(mcp_http_requests_total[5m]))                           | does not end in a comparison
        sum(rate(mcp_http_requests_total[5m])) > 1 and sum(rate(mcp_http_requests_total[1h])) > 1 | looks back 5m and 1h
        sum by (tool) (rate(mcp_tool_executions_total[5m])) > sum(rate(mcp_http_requests_total[5m])) | several things at once
        histogram_quantile(0.42, sum by (le) (rate(mcp_http_request_duration_seconds_bucket[5m]))) > 1 | is no figure of the record
        1 > 0                                                            | compares numbers
        mcp_cpu_usage_percent{instance="a"} > 5                          | are not in the record
        """)
    void whatCannotBeAskedOfTheRecordIsToldAndWhy(String text, String why) {
        assertThatExceptionOfType(UntranslatableException.class)
                .isThrownBy(() -> new FromPromQl().query(PromQlParser.parse(text)))
                .withMessageContaining(why);
    }

    @Test
    void whatDiffersALittleIsNoted() {
        ToPromQl threshold = to(query("http", "", "p95 > threshold(\"p95_response_time\")", 1));
        threshold.expression();
        assertThat(threshold.notes()).singleElement().asString().contains("is 1.25 as it was set at the export");
        ToPromQl steps = to(query("automation", "", "rate > 1", 1));
        steps.expression();
        assertThat(steps.notes()).singleElement().asString().contains("whole runs of workflows");
        FromPromQl gauge = new FromPromQl();
        gauge.query(PromQlParser.parse("mcp_cpu_usage_percent > 80"));
        assertThat(gauge.notes()).singleElement().asString().contains("the mean of the last minute");
    }
}
