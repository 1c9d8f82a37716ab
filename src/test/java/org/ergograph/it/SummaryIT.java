package org.ergograph.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SummaryIT extends DeployedWar {
    private static final String PATH = "/api/v1/metrics/summary";
    private static final String SERIES = "GET unmatched";
    private static final int CLIENTS = 8;
    private static final int REQUESTS = 25;

    @Test
    void nodeVersionAndWindowAreTold() throws Exception {
        HttpResponse<String> answer = server.get(PATH);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        JsonObject summary = json(answer.body());
        assertThat(summary.getString("node")).isNotBlank();
        assertThat(summary.getString("version")).matches("\\d+\\.\\d+\\.\\d+.*");
        assertThat(summary.getString("window")).isEqualTo("PT5M");
        assertThat(Duration.parse(summary.getString("uptime"))).isPositive();
        assertThat(summary.getJsonObject("overall").getInt("activeRequests")).isPositive();
    }

    @Test
    void everyRequestOfEightClientsIsCountedOnce() throws Exception {
        long before = count();
        List<Future<Integer>> answers = new ArrayList<>();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            Callable<Integer> request =
                    () -> server.get("/api/v1/nothing-to-summarise").statusCode();
            for (int i = 0; i < CLIENTS * REQUESTS; i++) {
                answers.add(clients.submit(request));
            }
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isEqualTo(404);
            }
        } finally {
            clients.shutdownNow();
        }
        // A client may have its answer a moment before the request has ended.
        long expected = before + CLIENTS * REQUESTS;
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        long now = count();
        while (now < expected && System.nanoTime() < deadline) {
            now = count();
        }
        assertThat(now).isEqualTo(expected);
    }

    @Test
    void systemIsSampledWithinSeconds() throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        JsonObject overall = summary().getJsonObject("overall");
        while (overall.isNull("heapUsedBytes") && System.nanoTime() < deadline) {
            overall = summary().getJsonObject("overall");
        }
        assertThat(overall.getJsonNumber("heapUsedBytes").longValueExact()).isPositive();
        assertThat(overall.getJsonNumber("memoryPercent").doubleValue()).isBetween(0.0, 100.0);
        assertThat(overall.getJsonNumber("cpuPercent").doubleValue()).isBetween(0.0, 100.0);
        assertThat(server.get("/metrics").body())
                .contains("mcp_heap_used_bytes")
                .contains("mcp_cpu_usage_percent")
                .contains("mcp_memory_usage_bytes")
                .contains("mcp_disk_usage_bytes");
    }

    @Test
    void unknownKindIsAProblemThatNamesWhatIsAllowed() throws Exception {
        HttpResponse<String> answer = server.get(PATH + "?kind=nonsense");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(json(answer.body()).getString("detail")).startsWith("kind is 'nonsense': must be one of http, db");
    }

    private JsonObject summary() throws Exception {
        return json(server.get(PATH).body());
    }

    private long count() throws Exception {
        return summary().getJsonArray("series").getValuesAs(JsonObject.class).stream()
                .filter(series -> series.getString("name").equals(SERIES))
                .mapToLong(series -> series.getJsonNumber("count").longValueExact())
                .sum();
    }

    private static JsonObject json(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }
}
