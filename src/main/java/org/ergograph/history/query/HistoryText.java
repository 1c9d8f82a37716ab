package org.ergograph.history.query;

import jakarta.json.Json;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonGeneratorFactory;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ergograph.history.query.HistoryAnswer.Item;
import org.ergograph.history.query.HistoryAnswer.Point;
import org.ergograph.web.Csv;
import org.ergograph.window.Distribution;
import org.jspecify.annotations.Nullable;

/** An answer as it goes over the wire. */
final class HistoryText {
    // Looked up once: jakarta.json.Json searches for its provider at every call.
    private static final JsonGeneratorFactory GENERATORS = Json.createGeneratorFactory(Map.of());
    private static final MathContext DIGITS = new MathContext(12);

    private final HistoryAnswer answer;

    HistoryText(HistoryAnswer answer) {
        this.answer = answer;
    }

    /** Writes one object with everything, and closes the stream. */
    void json(OutputStream out) {
        try (JsonGenerator json = GENERATORS.createGenerator(out, StandardCharsets.UTF_8)) {
            HistoryRequest request = answer.request();
            json.writeStartObject();
            json.write("from", request.from().toString());
            json.write("to", request.to().toString());
            covered(json);
            text(json, "dataSince", answer.since());
            json.write("groupBy", request.grouping().word());
            text(json, "step", request.step());
            json.write("relativeError", Distribution.RELATIVE_ERROR);
            json.write("sampled", false);
            json.writeStartArray("items");
            for (Item item : answer.items()) {
                json.writeStartObject();
                names(json, item);
                if (request.step() == null) {
                    figures(json, item.group(), item.points().get(0));
                } else {
                    json.writeStartArray("points");
                    for (Point point : item.points()) {
                        json.writeStartObject();
                        json.write("from", point.from().toString());
                        figures(json, item.group(), point);
                        json.writeEnd();
                    }
                    json.writeEnd();
                }
                json.writeEnd();
            }
            json.writeEnd();
            json.writeNull("nextCursor");
            json.writeEnd();
        }
    }

    private void covered(JsonGenerator json) {
        json.writeStartObject("covered");
        text(json, "from", answer.coveredFrom().orElse(null));
        text(json, "to", answer.coveredTo().orElse(null));
        json.writeStartArray("tiers");
        for (Piece piece : answer.pieces()) {
            json.writeStartObject();
            json.write("tier", HistoryRequest.word(piece.tier()));
            json.write("from", piece.from().toString());
            json.write("to", piece.to().toString());
            json.writeEnd();
        }
        json.writeEnd();
        json.writeEnd();
    }

    /** Writes a line for each figure; the stream stays open. */
    void lines(OutputStream out) throws IOException {
        for (Item item : answer.items()) {
            for (Point point : item.points()) {
                java.io.ByteArrayOutputStream line = new java.io.ByteArrayOutputStream(512);
                try (JsonGenerator json = GENERATORS.createGenerator(line, StandardCharsets.UTF_8)) {
                    json.writeStartObject();
                    json.write("from", point.from().toString());
                    json.write("to", point.to().toString());
                    names(json, item);
                    figures(json, item.group(), point);
                    json.writeEnd();
                }
                line.write('\n');
                line.writeTo(out);
            }
        }
        out.flush();
    }

    /** Writes a row for each figure, in seconds or the samples' unit; the stream stays open. */
    void csv(OutputStream out) throws IOException {
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        List<Object> header = new ArrayList<>(List.of("from", "to", "kind", "name", "attributes", "nodes", "unit"));
        header.addAll(List.of("count", "ratePerSecond", "errors", "errorRate", "mean", "min", "max"));
        answer.request().percentiles().forEach(percentile -> header.add("p" + percentile.toPlainString()));
        Csv.row(writer, header);
        for (Item item : answer.items()) {
            for (Point point : item.points()) {
                Csv.row(writer, cells(item, point));
            }
        }
        writer.flush();
    }

    private List<@Nullable Object> cells(Item item, Point point) {
        Group group = item.group();
        Figures figures = point.figures();
        List<@Nullable Object> cells = new ArrayList<>();
        cells.add(point.from());
        cells.add(point.to());
        cells.add(group.kind());
        cells.add(group.name());
        cells.add(String.join(" ", group.attributes().values()));
        cells.add(String.join(" ", item.nodes()));
        cells.add(group.unit());
        cells.add(figures.count());
        cells.add(rounded(point.ratePerSecond(answer.now())));
        cells.add(group.isSample() ? null : figures.errors());
        cells.add(group.isSample() ? null : rounded((double) figures.errors() / figures.count()));
        cells.add(rounded(figures.mean()));
        cells.add(rounded(figures.min()));
        cells.add(rounded(figures.max()));
        figures.quantiles().forEach(value -> cells.add(rounded(value)));
        return cells;
    }

    private static void names(JsonGenerator json, Item item) {
        Group group = item.group();
        text(json, "kind", group.kind());
        text(json, "name", group.name());
        json.writeStartObject("attributes");
        group.attributes().forEach(json::write);
        json.writeEnd();
        json.writeStartArray("nodes");
        item.nodes().forEach(json::write);
        json.writeEnd();
        json.write("unit", group.unit());
    }

    private void figures(JsonGenerator json, Group group, Point point) {
        Figures figures = point.figures();
        // Times are told as such by their names; samples have a unit of their own.
        String suffix = group.isSample() ? "" : "Seconds";
        json.write("count", figures.count());
        json.write("ratePerSecond", rounded(point.ratePerSecond(answer.now())));
        if (!group.isSample()) {
            json.write("errors", figures.errors());
            json.write("errorRate", rounded((double) figures.errors() / figures.count()));
        }
        json.write("mean" + suffix, rounded(figures.mean()));
        json.write("min" + suffix, rounded(figures.min()));
        json.write("max" + suffix, rounded(figures.max()));
        List<BigDecimal> percentiles = answer.request().percentiles();
        for (int i = 0; i < percentiles.size(); i++) {
            json.write(
                    "p" + percentiles.get(i).toPlainString() + suffix,
                    rounded(figures.quantiles().get(i)));
        }
    }

    private static BigDecimal rounded(double value) {
        BigDecimal rounded = BigDecimal.valueOf(value).round(DIGITS).stripTrailingZeros();
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }

    private static void text(JsonGenerator json, String name, @Nullable Object value) {
        if (value == null) {
            json.writeNull(name);
        } else {
            json.write(name, value.toString());
        }
    }
}
