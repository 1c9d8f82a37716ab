package org.ergograph.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
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

    @Test
    void reportHasEveryCheckWithItsFigures() throws Exception {
        JsonObject report = json(server.get("/api/v1/health?detailed=true"));
        assertThat(report.keySet()).contains("status", "timestamp", "version", "node", "uptime", "summary", "checks");
        List<String> names = report.getJsonArray("checks").stream()
                .map(check -> check.asJsonObject().getString("name"))
                .toList();
        assertThat(names).containsExactly("audit", "database", "system", "upstreams");
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
    void unknownCheckIsNotFoundAndUnknownParameterIsRefused() throws Exception {
        assertThat(server.get("/api/v1/health/nothing").statusCode()).isEqualTo(404);
        assertThat(server.get("/api/v1/health?details=true").statusCode()).isEqualTo(400);
    }
}
