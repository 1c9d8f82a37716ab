package org.ergograph.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import jakarta.json.JsonObject;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Counters, histograms, the summary and the audit log tell the same number of requests: the client's own. */
class ExactCountIT extends DeployedWar {
    private static final int CLIENTS = 8;
    private static final int ROUNDS = 60;

    private record Case(String path, String endpoint, int status) {}

    private static final List<Case> CASES = List.of(
            new Case("/api/v1/fixture/now/7", "/api/v1/fixture/now/{id}", 200),
            new Case("/api/v1/fixture/now/eight", "/api/v1/fixture/now/{id}", 200),
            new Case("/api/v1/fixture/later?millis=4", "/api/v1/fixture/later", 200),
            new Case("/api/v1/fixture/stage", "/api/v1/fixture/stage", 200),
            new Case("/api/v1/fixture/fail", "/api/v1/fixture/fail", 500),
            new Case("/api/v1/fixture/fail-later", "/api/v1/fixture/fail-later", 500),
            new Case("/api/v1/fixture/teapot", "/api/v1/fixture/teapot", 418),
            new Case("/api/v1/fixture/events", "/api/v1/fixture/events", 200),
            new Case("/api/v1/fixture/chores", "/api/v1/fixture/chores", 200),
            new Case("/api/v1/fixture/chores?fail=true", "/api/v1/fixture/chores", 200));

    @Test
    void everyAnswerTellsTheNumberOfRequests() throws Exception {
        drive();
        Map<String, Integer> expected = new LinkedHashMap<>();
        CASES.forEach(one -> expected.merge(one.endpoint(), CLIENTS * ROUNDS, Integer::sum));
        int chores = 2 * CLIENTS * ROUNDS;

        // Families are brought up to date one after the other: a page in between may be ahead in one of them.
        Scrape page = Await.until(
                "the metrics tell all requests",
                () -> Scrape.parse(server.get("/metrics").body()),
                scrape -> tells(scrape, CASES.size() * CLIENTS * ROUNDS, chores));
        for (Case one : CASES) {
            double each = need(expected, one.endpoint());
            String[] labels = {"method", "GET", "endpoint", one.endpoint()};
            assertThat(page.sum("mcp_http_requests_total", "endpoint", one.endpoint(), "status", "" + one.status()))
                    .as("counter of %s", one)
                    .isEqualTo(each);
            assertThat(page.sum("mcp_http_requests_total", labels)).isEqualTo(each);
            assertThat(page.sum("mcp_http_request_duration_seconds_count", labels))
                    .isEqualTo(each);
            assertThat(page.sum("mcp_http_request_duration_seconds_bucket", append(labels, "le", "+Inf")))
                    .isEqualTo(each);
            assertThat(page.sum("mcp_http_response_size_bytes_count", labels)).isEqualTo(each);
        }
        for (String status : List.of("success", "error")) {
            double half = chores / 2.0;
            assertThat(page.sum("mcp_db_operations_total", "table", "fixture", "status", status))
                    .isEqualTo(half);
            assertThat(page.sum("mcp_workflow_steps_total", "workflow", "fixture", "status", status))
                    .isEqualTo(half);
            assertThat(page.sum("mcp_tool_executions_total", "tool", "fixture_tool", "status", status))
                    .isEqualTo(half);
            assertThat(page.sum("ergograph_method_calls_total", "name", "fixture.later", "status", status))
                    .isEqualTo(half);
        }
        assertThat(page.sum("mcp_tool_errors_total", "tool", "fixture_tool", "error_type", "IllegalStateException"))
                .isEqualTo(chores / 2.0);
        assertThat(page.sum("mcp_active_workflows")).isZero();

        Map<String, JsonObject> summary = summary();
        expected.forEach((endpoint, count) -> assertThat(
                        need(summary, "http GET " + endpoint).getInt("count"))
                .as("summary of %s", endpoint)
                .isEqualTo(count));
        assertThat(need(summary, "http GET /api/v1/fixture/fail")
                        .getJsonNumber("errorRate")
                        .doubleValue())
                .isEqualTo(1.0);
        assertThat(need(summary, "http GET /api/v1/fixture/teapot")
                        .getJsonNumber("errorRate")
                        .doubleValue())
                .as("the client's error is not the server's")
                .isZero();

        for (Map.Entry<String, Integer> one : expected.entrySet()) {
            List<Double> durations = Await.until(
                    "the audit log has all rows of " + one.getKey(),
                    () -> durations(one.getKey()),
                    rows -> rows.size() >= one.getValue());
            assertThat(durations).as("rows of %s", one.getKey()).hasSize(one.getValue());
            JsonObject series = need(summary, "http GET " + one.getKey());
            List<Double> sorted = durations.stream().sorted().toList();
            assertPercentile(series, "p50Seconds", sorted, 0.50);
            assertPercentile(series, "p95Seconds", sorted, 0.95);
            assertPercentile(series, "p99Seconds", sorted, 0.99);
            double mean = durations.stream()
                    .mapToDouble(Double::doubleValue)
                    .average()
                    .orElseThrow();
            // Answers tell nanoseconds, and a mean may lie between two of them.
            assertThat(series.getJsonNumber("meanSeconds").doubleValue()).isCloseTo(mean, within(mean * 1e-6 + 1e-9));
        }
    }

    private static boolean tells(Scrape scrape, int requests, int chores) {
        double least = Double.MAX_VALUE;
        for (String family : List.of(
                "mcp_http_requests_total",
                "mcp_http_request_duration_seconds_count",
                "mcp_http_response_size_bytes_count")) {
            double sum = scrape.all().stream()
                    .filter(sample -> sample.name().equals(family))
                    .filter(sample ->
                            sample.labels().getOrDefault("endpoint", "").startsWith("/api/v1/fixture/"))
                    .mapToDouble(Scrape.Sample::value)
                    .sum();
            least = Math.min(least, sum);
        }
        return least >= requests
                && scrape.sum("mcp_db_operations_total", "table", "fixture") >= chores
                && scrape.sum("mcp_workflow_steps_total", "workflow", "fixture") >= chores
                && scrape.sum("mcp_tool_executions_total", "tool", "fixture_tool") >= chores
                && scrape.sum("mcp_tool_errors_total", "tool", "fixture_tool") >= chores / 2.0
                && scrape.sum("ergograph_method_calls_total", "name", "fixture.later") >= chores;
    }

    private void drive() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                int first = client;
                running.add(clients.submit(() -> {
                    for (int i = 0; i < ROUNDS * CASES.size(); i++) {
                        Case one = CASES.get((first + i) % CASES.size());
                        HttpResponse<String> answer = server.get(one.path());
                        assertThat(answer.statusCode()).as(one.path()).isEqualTo(one.status());
                        assertThat(answer.body()).doesNotContain("secret detail");
                    }
                    return null;
                }));
            }
            for (Future<?> future : running) {
                future.get();
            }
        } finally {
            clients.shutdownNow();
        }
    }

    private Map<String, JsonObject> summary() throws Exception {
        Map<String, JsonObject> series = new LinkedHashMap<>();
        HttpResponse<String> answer = server.get("/api/v1/metrics/summary");
        assertThat(answer.statusCode()).isEqualTo(200);
        for (JsonObject one : Json.object(answer.body()).getJsonArray("series").getValuesAs(JsonObject.class)) {
            series.put(one.getString("kind") + " " + one.getString("name"), one);
        }
        return series;
    }

    private List<Double> durations(String endpoint) throws Exception {
        List<Double> durations = new ArrayList<>();
        String cursor = "";
        do {
            HttpResponse<String> answer = server.get("/api/v1/audit?kind=http&limit=1000&endpoint="
                    + URLEncoder.encode(endpoint, StandardCharsets.UTF_8)
                    + (cursor.isEmpty() ? "" : "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8)));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            JsonObject page = Json.object(answer.body());
            page.getJsonArray("items")
                    .getValuesAs(JsonObject.class)
                    .forEach(row ->
                            durations.add(row.getJsonNumber("durationSeconds").doubleValue()));
            cursor = page.isNull("nextCursor") ? "" : page.getString("nextCursor");
        } while (!cursor.isEmpty());
        return durations;
    }

    /** The nearest rank, not interpolated, within the 1% that the summary states. */
    private static void assertPercentile(JsonObject series, String name, List<Double> sorted, double q) {
        double exact = sorted.get((int) Math.ceil(q * sorted.size()) - 1);
        assertThat(series.getJsonNumber(name).doubleValue())
                .as("%s of %s", name, series.getString("name"))
                .isCloseTo(exact, within(exact * 0.01));
    }

    private static <V> V need(Map<String, V> values, String key) {
        V value = values.get(key);
        if (value == null) {
            throw new AssertionError("no " + key + " among " + values.keySet());
        }
        return value;
    }

    private static String[] append(String[] labels, String... more) {
        String[] all = java.util.Arrays.copyOf(labels, labels.length + more.length);
        System.arraycopy(more, 0, all, labels.length, more.length);
        return all;
    }
}
