package org.ergograph.report;

import jakarta.json.Json;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonGeneratorFactory;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.ergograph.observation.Kind;
import org.ergograph.system.SystemState;
import org.ergograph.window.Distribution;
import org.ergograph.window.SeriesWindow;
import org.ergograph.window.WindowSnapshot;

/** Writes a summary as JSON, piece by piece: figures that are not there are null, and none is NaN or infinite. */
final class SummaryJson {
    // Looked up once: jakarta.json.Json searches for its provider at every call.
    private static final JsonGeneratorFactory GENERATORS = Json.createGeneratorFactory(Map.of());
    /** Digits after the point: a nanosecond of a time in seconds, one in a thousand million of a share. */
    private static final int DIGITS = 9;

    private final JsonGenerator json;
    private final WindowSnapshot window;

    private SummaryJson(JsonGenerator json, WindowSnapshot window) {
        this.json = json;
        this.window = window;
    }

    /**
     * Writes the summary and closes the stream.
     *
     * @param kind whose series are listed; all if empty
     * @param most how many series are listed at most, those first on which most time was spent
     */
    static void write(OutputStream out, Summary summary, Optional<Kind> kind, int most) {
        try (JsonGenerator json = GENERATORS.createGenerator(out, StandardCharsets.UTF_8)) {
            new SummaryJson(json, summary.window()).write(summary, kind, most);
        }
    }

    private void write(Summary summary, Optional<Kind> kind, int most) {
        json.writeStartObject();
        json.write("node", summary.node().name());
        json.write("version", summary.node().version());
        json.write("at", window.at().toString());
        json.write("uptime", summary.uptime().toString());
        json.write("window", window.length().toString());
        json.write("covered", window.covered().toString());
        json.writeStartObject("overall");
        figures(summary.overall());
        json.write("activeRequests", summary.activeRequests());
        number("cpuPercent", summary.cpuPercent());
        number("memoryPercent", summary.memoryPercent());
        heap(summary.system());
        json.writeEnd();
        json.writeStartObject("byKind");
        summary.byKind().forEach((each, distribution) -> {
            json.writeStartObject(each.label());
            figures(distribution);
            json.writeEnd();
        });
        json.writeEnd();
        json.writeStartArray("series");
        summary.series(kind).stream().limit(most).forEach(this::series);
        json.writeEnd();
        json.writeEnd();
    }

    private void series(SeriesWindow each) {
        json.writeStartObject();
        json.write("kind", each.series().kind().label());
        json.write("name", each.series().name());
        json.writeStartObject("attributes");
        each.series().attributes().forEach(json::write);
        json.writeEnd();
        figures(each.distribution());
        json.writeEnd();
    }

    private void figures(Distribution distribution) {
        json.write("count", distribution.count());
        number("errorRate", distribution.errorRate());
        number("ratePerSecond", OptionalDouble.of(window.ratePerSecond(distribution)));
        number("meanSeconds", distribution.meanSeconds());
        number("p50Seconds", distribution.quantileSeconds(0.5));
        number("p95Seconds", distribution.quantileSeconds(0.95));
        number("p99Seconds", distribution.quantileSeconds(0.99));
    }

    private void heap(Optional<SystemState> system) {
        number("heapUsedBytes", system.map(SystemState::heapUsedBytes));
        number("heapCommittedBytes", system.map(SystemState::heapCommittedBytes));
        number("heapMaxBytes", system.flatMap(state -> boxed(state.heapMaxBytes())));
        number("nonHeapUsedBytes", system.map(SystemState::nonHeapUsedBytes));
    }

    private static Optional<Long> boxed(OptionalLong value) {
        return value.isPresent() ? Optional.of(value.getAsLong()) : Optional.empty();
    }

    private void number(String name, Optional<Long> value) {
        value.ifPresentOrElse(present -> json.write(name, present), () -> json.writeNull(name));
    }

    private void number(String name, OptionalDouble value) {
        if (value.isEmpty() || !Double.isFinite(value.getAsDouble())) {
            json.writeNull(name);
            return;
        }
        BigDecimal rounded = BigDecimal.valueOf(value.getAsDouble())
                .setScale(DIGITS, RoundingMode.HALF_UP)
                .stripTrailingZeros();
        json.write(name, rounded.scale() < 0 ? rounded.setScale(0) : rounded);
    }
}
