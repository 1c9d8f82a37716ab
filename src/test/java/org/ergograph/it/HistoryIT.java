package org.ergograph.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryIT extends DeployedWar {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String SERIES = "kind=http&endpoint=/api/v1/health/%7Bname%7D";

    private String get(String path, String type) throws Exception {
        HttpResponse<String> answer =
                server.send(server.request(path).header("Accept", type).GET());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith(type);
        return answer.body();
    }

    private JsonArray items(String query) throws Exception {
        return Json.object(get("/api/v1/history?" + query, "application/json")).getJsonArray("items");
    }

    private long rows() throws Exception {
        return get("/api/v1/audit?" + SERIES, "application/x-ndjson").lines().count();
    }

    private long observed() throws Exception {
        JsonArray items = items(SERIES + "&tier=1m&from=2026-01-01T00:00:00Z");
        return items.isEmpty() ? 0 : items.getJsonObject(0).getInt("count");
    }

    private void call(int times) throws Exception {
        for (int i = 0; i < times; i++) {
            assertThat(server.get("/api/v1/health/no-such-check").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void minutesHaveAsManyObservationsAsThereAreRows() throws Exception {
        long before = rows();
        call(20);
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while ((rows() < before + 20 || observed() != rows()) && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(rows()).isGreaterThanOrEqualTo(before + 20);
        assertThat(observed()).isEqualTo(rows());

        JsonObject one = items(SERIES + "&percentiles=50,99.9").getJsonObject(0);
        assertThat(one.getString("name")).isEqualTo("GET /api/v1/health/{name}");
        assertThat(one.getJsonNumber("p99.9Seconds").doubleValue()).isPositive();
        assertThat(one.getJsonArray("nodes")).hasSize(1);
        assertThat(items(SERIES + "&perNode=true")).hasSize(1);
        assertThat(items(SERIES + "&step=PT1M").getJsonObject(0).getJsonArray("points"))
                .isNotEmpty();

        List<String> csv = get("/api/v1/history?" + SERIES, "text/csv").lines().toList();
        assertThat(csv).hasSize(2);
        assertThat(csv.get(0)).startsWith("from,to,kind,name,attributes,nodes,unit,count,");
        assertThat(Json.object(get("/api/v1/history?" + SERIES, "application/x-ndjson"))
                        .getString("kind"))
                .isEqualTo("http");
    }

    @Test
    void auditSaysWhetherItIsComplete() throws Exception {
        JsonObject page = Json.object(get("/api/v1/audit?limit=1", "application/json"));
        assertThat(page.getJsonObject("omitted")).containsKeys("sampled", "rejected", "dropped");
        assertThat(page.containsKey("complete")).isTrue();
    }

    @Test
    void summaryOfHoursIsThatOfTheRecord() throws Exception {
        JsonObject summary = Json.object(get("/api/v1/metrics/summary?hours=24", "application/json"));
        assertThat(summary.getInt("hours")).isEqualTo(24);
        assertThat(summary.getJsonObject("overall")).containsKeys("total", "perHour", "p99Seconds");
        assertThat(summary.getJsonObject("byKind")).containsKeys("http", "db", "tool");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "percentiles=101",
                "tier=2m",
                "step=PT1S",
                "kind=nothing",
                "series=http",
                "groupBy=colour",
                "from=yesterday",
                "colour=red"
            })
    void badParameterIsAProblemThatNamesIt(String query) throws Exception {
        HttpResponse<String> answer = server.get("/api/v1/history?" + query);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Json.object(answer.body())
                        .getJsonArray("errors")
                        .getJsonObject(0)
                        .getString("field"))
                .isEqualTo(query.substring(0, query.indexOf('=')));
    }
}
