package org.ergograph.health;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.ergograph.web.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * What the last run of a check came to. Immutable.
 *
 * @param at when it began; null if it never did
 * @param durationNanos how long it took
 */
record CheckResult(String name, Finding finding, @Nullable Instant at, long durationNanos) {
    static CheckResult none(String name) {
        return new CheckResult(name, Finding.of(HealthState.UNKNOWN, "not checked yet"), null, 0);
    }

    HealthState state() {
        return finding.state();
    }

    JsonObject json() {
        JsonObjectBuilder json = JsonText.object()
                .add("name", name)
                .add("status", state().label())
                .add("message", finding.message());
        if (at == null) {
            json.addNull("timestamp").addNull("durationSeconds");
        } else {
            json.add("timestamp", at.toString()).add("durationSeconds", BigDecimal.valueOf(durationNanos, 9));
        }
        json.add("metadata", metadata());
        if (finding.error() == null) {
            json.addNull("error");
        } else {
            json.add("error", finding.error());
        }
        return json.build();
    }

    private JsonObjectBuilder metadata() {
        JsonObjectBuilder metadata = JsonText.object();
        for (Map.Entry<String, Object> entry : finding.metadata().entrySet()) {
            Object value = entry.getValue();
            if (value instanceof Long || value instanceof Integer) {
                metadata.add(entry.getKey(), ((Number) value).longValue());
            } else if (value instanceof Number number) {
                metadata.add(entry.getKey(), BigDecimal.valueOf(number.doubleValue()));
            } else if (value instanceof Boolean flag) {
                metadata.add(entry.getKey(), flag);
            } else {
                metadata.add(entry.getKey(), value.toString());
            }
        }
        return metadata;
    }
}
