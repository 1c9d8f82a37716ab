package org.ergograph.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthIT extends DeployedWar {
    private static JsonObject json(HttpResponse<String> response) {
        try (JsonReader reader = Json.createReader(new StringReader(response.body()))) {
            return reader.readObject();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"live", "ready", "started"})
    void probeIsUp(String probe) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        HttpResponse<String> response = server.get("/health/" + probe);
        while (response.statusCode() != 200 && System.nanoTime() < deadline) {
            response = server.get("/health/" + probe);
        }
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(json(response).getString("status")).isEqualTo("UP");
    }

    private void become(String mood) throws Exception {
        assertThat(server.send(server.request("/api/v1/fixture-mood/" + mood).POST(BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(204);
    }

    /** The check of the fixture again and again, until it is found so. */
    private void assertFound(String state) throws Exception {
        Await.until(
                "the check is " + state,
                () -> json(server.get("/api/v1/health/moody")).getString("status"),
                state::equals);
    }

    @AfterEach
    void well() throws Exception {
        become("healthy");
        assertFound("healthy");
    }

    @Test
    void reportHasEveryCheckWithItsFigures() throws Exception {
        JsonObject report = json(server.get("/api/v1/health?detailed=true"));
        assertThat(report.keySet()).contains("status", "timestamp", "version", "node", "uptime", "summary", "checks");
        List<String> names = report.getJsonArray("checks").stream()
                .map(check -> check.asJsonObject().getString("name"))
                .toList();
        assertThat(names).containsExactly("audit", "cache", "database", "moody", "system", "tools", "upstreams");
        assertThat(json(server.get("/api/v1/health")).containsKey("checks")).isFalse();
        assertThat(json(server.get("/api/v1/health?checksOnly=true")).keySet()).containsExactly("checks");
    }

    @Test
    void checkAskedForByNameIsMadeNow() throws Exception {
        JsonObject first = json(server.get("/api/v1/health/database"));
        JsonObject second = json(server.get("/api/v1/health/database"));
        assertThat(second.getString("timestamp")).isNotEqualTo(first.getString("timestamp"));
        assertThat(second.getJsonObject("metadata").getJsonNumber("pingSeconds").doubleValue())
                .isPositive();
    }

    @Test
    void degradedIs200AndUnhealthyIs503() throws Exception {
        become("degraded");
        HttpResponse<String> check = server.get("/api/v1/health/moody");
        assertThat(check.statusCode()).isEqualTo(200);
        assertThat(json(check).getString("status")).isEqualTo("degraded");
        assertThat(json(server.get("/api/v1/health?detailed=true"))
                        .getJsonObject("summary")
                        .getInt("degraded"))
                .isPositive();
        become("unhealthy");
        assertThat(server.get("/api/v1/health/moody").statusCode()).isEqualTo(503);
        HttpResponse<String> report = server.get("/api/v1/health?detailed=true");
        assertThat(report.statusCode()).isEqualTo(503);
        assertThat(json(report).getString("status")).isEqualTo("unhealthy");
    }

    @Test
    void dependencyThatHangsHoldsUpNoAnswerButItsOwn() throws Exception {
        become("hanging");
        CompletableFuture<HttpResponse<String>> own = CompletableFuture.supplyAsync(() -> {
            try {
                return server.get("/api/v1/health/moody");
            } catch (IOException | InterruptedException e) {
                throw new CompletionException(e);
            }
        });
        Map<String, List<Duration>> times = new LinkedHashMap<>();
        do {
            for (String path : List.of("/health/ready", "/health/live", "/api/v1/health?detailed=true")) {
                long start = System.nanoTime();
                HttpResponse<String> answer = server.get(path);
                times.computeIfAbsent(path, each -> new ArrayList<>()).add(Duration.ofNanos(System.nanoTime() - start));
                assertThat(answer.statusCode())
                        .as(path)
                        .isIn(path.startsWith("/health") ? List.of(200) : List.of(200, 503));
            }
        } while (!own.isDone());
        times.forEach((path, taken) -> {
            Collections.sort(taken);
            System.out.printf(
                    Locale.ROOT,
                    "%s: beside a check that hangs, of %d answers of %s the middle one took %d ms, the slowest %d ms%n",
                    server.name(),
                    taken.size(),
                    path,
                    taken.get(taken.size() / 2).toMillis(),
                    taken.get(taken.size() - 1).toMillis());
        });
        assertThat(times)
                .allSatisfy((path, taken) ->
                        assertThat(taken.get(taken.size() / 2)).as(path).isLessThan(Duration.ofMillis(100)));
        assertThat(own.join().statusCode()).isEqualTo(503);
        assertThat(json(own.join()).getString("error")).isEqualTo("timeout");
        assertThat(json(own.join()).getJsonNumber("durationSeconds").doubleValue())
                .isBetween(1.0, 10.0);
    }

    @Test
    void eachRunOfACheckIsAnObservation() throws Exception {
        become("unhealthy");
        assertThat(server.get("/api/v1/health/moody").statusCode()).isEqualTo(503);
        JsonObject series = Await.until(
                        "the check is in the window",
                        () -> json(server.get("/api/v1/metrics/summary?kind=external")).getJsonArray("series").stream()
                                .map(JsonValue::asJsonObject)
                                .filter(each -> each.getString("name").equals("health/moody"))
                                .filter(each -> each.getJsonNumber("errorRate").doubleValue() > 0)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
        assertThat(series.getInt("count")).isPositive();
    }

    @Test
    void unknownCheckIsNotFoundAndUnknownParameterIsRefused() throws Exception {
        assertThat(server.get("/api/v1/health/nothing").statusCode()).isEqualTo(404);
        assertThat(server.get("/api/v1/health?details=true").statusCode()).isEqualTo(400);
    }
}
