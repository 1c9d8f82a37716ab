package org.ergograph.history;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ergograph.history.names.SeriesRow;
import org.ergograph.history.names.TermRow;
import org.ergograph.observation.Kind;
import org.ergograph.observation.TraceIds;
import org.ergograph.web.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * A row of the audit log as it is shown: with the names of its node, series and attributes.
 *
 * @param row the row itself
 * @param errorType null if it succeeded
 * @param principal null if anonymous
 */
record AuditEntry(
        AuditRow row,
        String node,
        String kind,
        String name,
        Map<String, String> attributes,
        @Nullable String errorType,
        @Nullable String principal) {
    private static final List<String> ATTRIBUTES = attributeNames();

    static AuditEntry of(
            AuditRow row, SeriesRow series, String node, @Nullable String errorType, @Nullable String principal) {
        Map<String, String> attributes = new LinkedHashMap<>();
        List<String> names = Kind.parse(series.kind).map(Kind::attributes).orElse(List.of("attribute1", "attribute2"));
        attributes.put(names.get(0), series.first);
        if (names.size() > 1) {
            attributes.put(names.get(1), series.second);
        }
        return new AuditEntry(row, node, series.kind, series.name, attributes, errorType, principal);
    }

    private static List<String> attributeNames() {
        Set<String> names = new LinkedHashSet<>();
        for (Kind kind : Kind.values()) {
            names.addAll(kind.attributes());
        }
        names.remove("name");
        return List.copyOf(names);
    }

    Instant startedAt() {
        return row.startedAt.toInstant();
    }

    private BigDecimal durationSeconds() {
        return BigDecimal.valueOf(row.durationNanos, 9);
    }

    private String outcome() {
        return row.errorType == TermRow.NONE ? "success" : "error";
    }

    private String traceId() {
        return TraceIds.format(row.traceIdHigh, row.traceIdLow);
    }

    /** The entry as JSON. The id is text: it has more digits than a number of JavaScript holds. */
    JsonObject json() {
        JsonObjectBuilder json = JsonText.object()
                .add("id", Long.toString(row.id))
                .add("startedAt", startedAt().toString())
                .add("node", node)
                .add("kind", kind)
                .add("name", name);
        JsonObjectBuilder named = JsonText.object();
        attributes.forEach(named::add);
        json.add("attributes", named).add("durationSeconds", durationSeconds());
        number(json, "status", row.status == 0 ? null : Long.valueOf(row.status));
        json.add("outcome", outcome());
        text(json, "errorType", errorType);
        text(json, "principal", principal);
        json.add("traceId", traceId());
        number(json, "requestBytes", known(row.requestBytes));
        number(json, "responseBytes", known(row.responseBytes));
        return json.build();
    }

    private static @Nullable Long known(long bytes) {
        return bytes < 0 ? null : bytes;
    }

    private static void text(JsonObjectBuilder json, String name, @Nullable String value) {
        if (value == null) {
            json.addNull(name);
        } else {
            json.add(name, value);
        }
    }

    private static void number(JsonObjectBuilder json, String name, @Nullable Long value) {
        if (value == null) {
            json.addNull(name);
        } else {
            json.add(name, value);
        }
    }

    /** The names of the columns: every attribute that any kind has is one. */
    static List<String> header() {
        List<String> header = new ArrayList<>(List.of("id", "startedAt", "node", "kind", "name"));
        header.addAll(ATTRIBUTES);
        header.addAll(List.of(
                "durationSeconds",
                "status",
                "outcome",
                "errorType",
                "principal",
                "traceId",
                "requestBytes",
                "responseBytes"));
        return header;
    }

    /** The entry as a row below {@link #header}. */
    List<@Nullable Object> cells() {
        List<@Nullable Object> cells = new ArrayList<>();
        cells.add(row.id);
        cells.add(startedAt());
        cells.add(node);
        cells.add(kind);
        cells.add(name);
        for (String attribute : ATTRIBUTES) {
            cells.add(attributes.get(attribute));
        }
        cells.add(durationSeconds());
        cells.add(row.status == 0 ? null : row.status);
        cells.add(outcome());
        cells.add(errorType);
        cells.add(principal);
        cells.add(traceId());
        cells.add(known(row.requestBytes));
        cells.add(known(row.responseBytes));
        return cells;
    }
}
