package org.ergograph.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditIT extends DeployedWar {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private static String trace() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    private void ask(String path, String trace) throws Exception {
        server.send(server.request(path)
                .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                .GET());
    }

    private static JsonObject json(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    private JsonObject page(String query) throws Exception {
        HttpResponse<String> response = server.get("/api/v1/audit" + query);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response.body());
    }

    /** The rows of a trace, as soon as there are so many. */
    private JsonArray rows(String trace, int count) throws Exception {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        JsonArray rows = page("?kind=http&traceId=" + trace).getJsonArray("items");
        while (rows.size() < count && System.nanoTime() < deadline) {
            rows = page("?kind=http&traceId=" + trace).getJsonArray("items");
        }
        assertThat(rows).hasSize(count);
        return rows;
    }

    @Test
    void requestHasARowThatSaysWhatItWas() throws Exception {
        String trace = trace();
        ask("/api/v1/health/no-such-check", trace);
        JsonObject row = rows(trace, 1).getJsonObject(0);
        assertThat(row.getString("name")).isEqualTo("GET /api/v1/health/{name}");
        assertThat(row.getJsonObject("attributes").getString("endpoint")).isEqualTo("/api/v1/health/{name}");
        assertThat(row.getInt("status")).isEqualTo(404);
        assertThat(row.getJsonNumber("durationSeconds").doubleValue()).isPositive();
    }

    @Test
    void pagesGiveEveryRowOnceAndStreamsGiveTheSame() throws Exception {
        String trace = trace();
        for (int i = 0; i < 7; i++) {
            ask("/api/v1/health", trace);
        }
        List<String> whole = new ArrayList<>();
        rows(trace, 7).forEach(row -> whole.add(row.asJsonObject().getString("id")));

        List<String> paged = new ArrayList<>();
        String filter = "?kind=http&limit=3&traceId=" + trace;
        JsonObject page = page(filter);
        page.getJsonArray("items").forEach(row -> paged.add(row.asJsonObject().getString("id")));
        while (!page.isNull("nextCursor")) {
            page = page(filter + "&cursor=" + page.getString("nextCursor"));
            page.getJsonArray("items")
                    .forEach(row -> paged.add(row.asJsonObject().getString("id")));
        }
        assertThat(paged).isEqualTo(whole);

        HttpResponse<String> csv = server.send(server.request("/api/v1/audit?kind=http&traceId=" + trace)
                .header("Accept", "text/csv")
                .GET());
        assertThat(csv.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
        assertThat(csv.body().lines().skip(1).map(line -> line.substring(0, line.indexOf(','))))
                .containsExactlyElementsOf(whole);

        HttpResponse<String> lines = server.send(server.request("/api/v1/audit?kind=http&traceId=" + trace)
                .header("Accept", "application/x-ndjson")
                .GET());
        assertThat(lines.body().lines().map(line -> json(line).getString("id"))).containsExactlyElementsOf(whole);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=1000000",
                "from=yesterday",
                "from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z",
                "kind=nothing",
                "status=abc",
                "minDuration=5",
                "traceId=xyz",
                "cursor=abc",
                "unknown=1"
            })
    void badParameterIsAProblemThatNamesIt(String query) throws Exception {
        HttpResponse<String> response = server.get("/api/v1/audit?" + query);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(json(response.body()).getJsonArray("errors").getJsonObject(0).getString("field"))
                .isEqualTo(query.substring(0, query.indexOf('=')));
    }
}
