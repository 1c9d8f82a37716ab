package org.ergograph.notify.delivery;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import org.ergograph.alert.Severity;
import org.ergograph.alert.routing.Occasion;
import org.ergograph.notify.delivery.channel.AlertMessage;
import org.ergograph.web.JsonText;

/** Entries and what they say as JSON, as they are kept. Pure. */
final class EntryJson {
    static final int MAX_CONTENT = 32_000;
    private static final int MAX_TEXT = 2_000;
    private static final int MAX_NAME = 200;

    private EntryJson() {}

    static JsonObject of(Entry entry) {
        return JsonText.object()
                .add("id", entry.id())
                .add("alertId", entry.alertId())
                .add("channel", entry.channel())
                .add("occasion", entry.occasion().name())
                .add("groupKey", entry.groupKey())
                .add("madeAt", entry.madeAt().toString())
                .add("reason", entry.reason())
                .add("content", content(entry.content()))
                .build();
    }

    static Entry entry(JsonObject json) {
        return new Entry(
                json.getString("id"),
                json.getString("alertId"),
                json.getString("channel"),
                Occasion.valueOf(json.getString("occasion")),
                json.getString("groupKey"),
                Instant.parse(json.getString("madeAt")),
                json.getString("reason"),
                content(json.getJsonObject("content")));
    }

    /** At most {@link #MAX_CONTENT} characters: labels go first where it is more, all but name and severity. */
    static String text(AlertMessage content) {
        String text = string(content(content));
        if (text.length() <= MAX_CONTENT) {
            return text;
        }
        Map<String, String> few = new TreeMap<>(content.labels());
        few.keySet().retainAll(Set.of("alertname", "severity"));
        return string(content(new AlertMessage(
                content.alertId(),
                content.ruleId(),
                cut(content.rule(), MAX_NAME),
                content.severity(),
                content.severityWord(),
                content.resolved(),
                content.startsAt(),
                content.endsAt(),
                cut(content.metric(), MAX_NAME),
                content.value(),
                content.threshold(),
                cut(content.subject(), MAX_NAME),
                few,
                cut(content.title(), MAX_NAME),
                cut(content.text(), MAX_NAME),
                cut(content.environment(), MAX_NAME),
                content.version(),
                content.uptime(),
                content.node(),
                cut(content.link(), MAX_TEXT))));
    }

    private static String string(JsonObject json) {
        return new String(JsonText.bytes(json), StandardCharsets.UTF_8);
    }

    static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }

    static JsonObject content(AlertMessage content) {
        JsonObjectBuilder labels = JsonText.object();
        content.labels().forEach(labels::add);
        JsonObjectBuilder json = JsonText.object()
                .add("alertId", content.alertId())
                .add("ruleId", content.ruleId())
                .add("rule", content.rule())
                .add("severity", content.severity().word())
                .add("severityWord", content.severityWord())
                .add("resolved", content.resolved())
                .add("startsAt", content.startsAt().toString());
        if (content.endsAt() != null) {
            json.add("endsAt", content.endsAt().toString());
        }
        number(json, "value", content.value());
        number(json, "threshold", content.threshold());
        return json.add("metric", content.metric())
                .add("subject", content.subject())
                .add("labels", labels)
                .add("title", content.title())
                .add("text", content.text())
                .add("environment", content.environment())
                .add("version", content.version())
                .add("uptime", content.uptime().toString())
                .add("node", content.node())
                .add("link", content.link())
                .build();
    }

    /** Numbers that JSON does not have are left out. */
    private static void number(JsonObjectBuilder json, String name, OptionalDouble value) {
        if (value.isPresent() && Double.isFinite(value.getAsDouble())) {
            json.add(name, value.getAsDouble());
        }
    }

    static AlertMessage content(JsonObject json) {
        Map<String, String> labels = new LinkedHashMap<>();
        json.getJsonObject("labels").forEach((name, value) -> {
            if (value instanceof JsonString text) {
                labels.put(name, text.getString());
            }
        });
        return new AlertMessage(
                json.getString("alertId"),
                json.getString("ruleId"),
                json.getString("rule"),
                Severity.parse(json.getString("severity")).orElse(Severity.WARNING),
                json.getString("severityWord"),
                json.getBoolean("resolved"),
                Instant.parse(json.getString("startsAt")),
                json.containsKey("endsAt") ? Instant.parse(json.getString("endsAt")) : null,
                json.getString("metric"),
                number(json, "value"),
                number(json, "threshold"),
                json.getString("subject"),
                labels,
                json.getString("title"),
                json.getString("text"),
                json.getString("environment"),
                json.getString("version"),
                Duration.parse(json.getString("uptime")),
                json.getString("node"),
                json.getString("link"));
    }

    private static OptionalDouble number(JsonObject json, String name) {
        return json.get(name) instanceof JsonNumber number
                ? OptionalDouble.of(number.doubleValue())
                : OptionalDouble.empty();
    }
}
