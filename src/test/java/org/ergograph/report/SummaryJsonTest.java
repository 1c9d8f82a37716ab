package org.ergograph.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.ergograph.observation.Kind;
import org.ergograph.observation.NodeIdentity;
import org.ergograph.observation.SeriesRegistry;
import org.ergograph.system.SystemState;
import org.ergograph.system.Usage;
import org.ergograph.window.Distribution;
import org.ergograph.window.SeriesWindow;
import org.ergograph.window.WindowSnapshot;
import org.junit.jupiter.api.Test;

class SummaryJsonTest {
    private static final Instant AT = Instant.parse("2026-11-01T12:00:00Z");
    private static final long MILLI = 1_000_000;

    private final SeriesRegistry registry = new SeriesRegistry(10);
    private final SeriesWindow get = new SeriesWindow(
            registry.resolve(Kind.HTTP, "GET", "/api/v1/servers/{id}"),
            Distribution.of(1, 10 * MILLI, 20 * MILLI, 30 * MILLI, 40 * MILLI));
    private final SeriesWindow post =
            new SeriesWindow(registry.resolve(Kind.HTTP, "POST", "/api/v1/servers"), Distribution.of(0, 500 * MILLI));
    private final SeriesWindow select =
            new SeriesWindow(registry.resolve(Kind.DB, "select", "servers"), Distribution.of(2, MILLI, MILLI, MILLI));
    private final SystemState system = new SystemState(
            AT,
            OptionalDouble.of(12.5),
            Optional.of(new Usage(750, 1_000)),
            Optional.empty(),
            1_000,
            2_000,
            OptionalLong.of(4_000),
            50,
            Optional.empty(),
            Optional.empty());

    private static JsonObject json(Optional<SystemState> system, Optional<Kind> kind, SeriesWindow... series) {
        WindowSnapshot window =
                new WindowSnapshot(AT, Duration.ofMinutes(5), Duration.ofSeconds(100), List.of(series), Map.of());
        Summary summary = new Summary(new NodeIdentity("n1", "1.2.3", 0), Duration.ofSeconds(3_725), window, system, 3);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SummaryJson.write(out, summary, kind, 100);
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(out.toByteArray()))) {
            return reader.readObject();
        }
    }

    private static double number(JsonObject object, String name) {
        return object.getJsonNumber(name).doubleValue();
    }

    private static List<String> names(JsonObject json) {
        return json.getJsonArray("series").getValuesAs(JsonObject.class).stream()
                .map(each -> each.getString("name"))
                .toList();
    }

    @Test
    void nodeAndTimesHeadTheAnswer() {
        JsonObject json = json(Optional.of(system), Optional.empty(), get, post, select);
        assertThat(json.keySet())
                .containsExactly("node", "version", "at", "uptime", "window", "covered", "overall", "byKind", "series");
        assertThat(json.getString("node")).isEqualTo("n1");
        assertThat(json.getString("version")).isEqualTo("1.2.3");
        assertThat(json.getString("at")).isEqualTo("2026-11-01T12:00:00Z");
        assertThat(json.getString("uptime")).isEqualTo("PT1H2M5S");
        assertThat(json.getString("window")).isEqualTo("PT5M");
        assertThat(json.getString("covered")).isEqualTo("PT1M40S");
    }

    @Test
    void overallIsTheHttpRequests() {
        JsonObject overall =
                json(Optional.of(system), Optional.empty(), get, post, select).getJsonObject("overall");
        assertThat(overall.getInt("count")).isEqualTo(5);
        assertThat(number(overall, "errorRate")).isEqualTo(0.2);
        assertThat(number(overall, "ratePerSecond")).isEqualTo(0.05);
        assertThat(number(overall, "meanSeconds")).isEqualTo(0.12);
        assertThat(number(overall, "p50Seconds")).isCloseTo(0.030, within(0.0003));
        assertThat(number(overall, "p95Seconds")).isCloseTo(0.500, within(0.005));
        assertThat(overall.getInt("activeRequests")).isEqualTo(3);
        assertThat(number(overall, "cpuPercent")).isEqualTo(12.5);
        assertThat(overall.getInt("memoryPercent")).isEqualTo(75);
        assertThat(overall.getInt("heapUsedBytes")).isEqualTo(1_000);
        assertThat(overall.getInt("heapCommittedBytes")).isEqualTo(2_000);
        assertThat(overall.getInt("heapMaxBytes")).isEqualTo(4_000);
        assertThat(overall.getInt("nonHeapUsedBytes")).isEqualTo(50);
    }

    @Test
    void seriesHasItsAttributesAndFigures() {
        JsonObject series = json(Optional.of(system), Optional.empty(), get)
                .getJsonArray("series")
                .getJsonObject(0);
        assertThat(series.keySet())
                .containsExactly(
                        "kind",
                        "name",
                        "attributes",
                        "count",
                        "errorRate",
                        "ratePerSecond",
                        "meanSeconds",
                        "p50Seconds",
                        "p95Seconds",
                        "p99Seconds");
        assertThat(series.getString("kind")).isEqualTo("http");
        assertThat(series.getString("name")).isEqualTo("GET /api/v1/servers/{id}");
        assertThat(series.getJsonObject("attributes").getString("endpoint")).isEqualTo("/api/v1/servers/{id}");
        assertThat(series.getJsonObject("attributes").getString("method")).isEqualTo("GET");
        assertThat(number(series, "errorRate")).isEqualTo(0.25);
        assertThat(number(series, "meanSeconds")).isEqualTo(0.025);
    }

    @Test
    void seriesOnWhichMostTimeWasSpentComesFirst() {
        assertThat(names(json(Optional.empty(), Optional.empty(), select, get, post)))
                .containsExactly("POST /api/v1/servers", "GET /api/v1/servers/{id}", "select servers");
    }

    @Test
    void kindNarrowsTheSeriesAndNothingElse() {
        JsonObject json = json(Optional.empty(), Optional.of(Kind.DB), get, select);
        assertThat(names(json)).containsExactly("select servers");
        assertThat(json.getJsonObject("overall").getInt("count")).isEqualTo(4);
        assertThat(json.getJsonObject("byKind").getJsonObject("http").getInt("count"))
                .isEqualTo(4);
    }

    @Test
    void everyKindHasItsFigures() {
        JsonObject kinds = json(Optional.empty(), Optional.empty(), get, select).getJsonObject("byKind");
        assertThat(kinds.keySet())
                .containsExactly("http", "db", "workflow", "tool", "mcp", "external", "method", "admin");
        assertThat(kinds.getJsonObject("db").getInt("count")).isEqualTo(3);
        assertThat(number(kinds.getJsonObject("db"), "errorRate")).isEqualTo(0.666666667);
    }

    @Test
    void figuresThatAreNotThereAreNull() {
        JsonObject json = json(Optional.empty(), Optional.empty());
        JsonObject overall = json.getJsonObject("overall");
        assertThat(overall.getInt("count")).isZero();
        assertThat(overall.getInt("ratePerSecond")).isZero();
        for (String name : List.of(
                "errorRate",
                "meanSeconds",
                "p50Seconds",
                "p95Seconds",
                "p99Seconds",
                "cpuPercent",
                "memoryPercent",
                "heapUsedBytes",
                "heapCommittedBytes",
                "heapMaxBytes",
                "nonHeapUsedBytes")) {
            assertThat(overall.get(name)).as(name).isEqualTo(JsonValue.NULL);
        }
        assertThat(json.getJsonArray("series")).isEmpty();
    }

    @Test
    void extremesAreNumbers() {
        SeriesWindow extreme = new SeriesWindow(
                registry.resolve(Kind.TOOL, "extreme", "general"), Distribution.of(0, 0, 1, Long.MAX_VALUE / 4));
        JsonObject tool = json(Optional.empty(), Optional.empty(), extreme)
                .getJsonArray("series")
                .getJsonObject(0);
        assertThat(number(tool, "p50Seconds")).isEqualTo(1e-9);
        double exact = Long.MAX_VALUE / 4e9;
        assertThat(number(tool, "p99Seconds")).isCloseTo(exact, within(exact / 100));
        assertThat(number(tool, "meanSeconds")).isCloseTo(exact / 3, within(1e-3));
    }
}
