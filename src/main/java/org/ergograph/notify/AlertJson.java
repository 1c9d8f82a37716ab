package org.ergograph.notify;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.ergograph.alert.Alert;
import org.ergograph.alert.AlertState;
import org.ergograph.alert.AlertState.Failed;
import org.ergograph.alert.AlertState.Firing;
import org.ergograph.alert.AlertState.Inactive;
import org.ergograph.alert.AlertState.NoData;
import org.ergograph.alert.AlertState.Pending;
import org.ergograph.alert.AlertState.Resolved;
import org.ergograph.alert.AlertState.Resolving;
import org.ergograph.alert.Recent;
import org.ergograph.alert.Rule;
import org.ergograph.alert.condition.Subject;
import org.ergograph.alert.condition.Verdict;
import org.ergograph.alert.condition.Verdict.Outcome;
import org.ergograph.web.JsonText;
import org.jspecify.annotations.Nullable;

/** Alerts as they are stored and as they are answered. */
final class AlertJson {
    /** What the details of an alert have that nothing holds back. */
    static final String FREE = "\"silencedBy\":[],\"inhibitedBy\":[]";

    private AlertJson() {}

    /** What is stored of an alert beside its columns. */
    static JsonObject details(Alert alert) {
        JsonObjectBuilder details = JsonText.object()
                .add("subject", labels(alert.subject().labels()))
                .add("severityWord", alert.rule().severityWord())
                .add("state", state(alert.state()))
                .add("recent", recent(alert.recent()))
                .add("verdict", verdict(alert.last()))
                .add("silencedBy", texts(alert.silencedBy()))
                .add("inhibitedBy", texts(alert.inhibitedBy()));
        addMoment(details, "escalatedAt", alert.escalatedAt());
        JsonObject rule = StoredRules.json(alert.rule());
        if (rule != null) {
            details.add("rule", rule);
        }
        return details.build();
    }

    /** The alert that a row tells of. */
    static Alert alert(AlertRow row, Rule rule) {
        JsonObject details = JsonText.parse(row.details);
        return new Alert(
                row.id,
                rule,
                new Subject(textMap(details.getJsonObject("subject"))),
                textMap(JsonText.parse(row.labels)),
                state(details.getJsonObject("state")),
                recent(details.getString("recent")),
                verdict(details.getJsonObject("verdict")),
                instant(row.firedAt),
                row.acknowledgement(),
                textSet(details.getJsonArray("silencedBy")),
                textSet(details.getJsonArray("inhibitedBy")),
                details.isNull("escalatedAt") ? null : Instant.parse(details.getString("escalatedAt")));
    }

    /** As it is answered. */
    static JsonObjectBuilder json(AlertRow row) {
        JsonObject details = JsonText.parse(row.details);
        JsonObject verdict = details.getJsonObject("verdict");
        JsonObjectBuilder json = JsonText.object()
                .add("id", row.id)
                .add("ruleId", row.ruleId)
                .add("rule", row.ruleName)
                .add("severity", row.severity)
                .add("severityWord", details.getString("severityWord"))
                .add("state", row.state)
                .add("active", row.closedAt == null)
                .add("subject", details.getJsonObject("subject"))
                .add("labels", JsonText.parse(row.labels))
                .add("metric", verdict.getString("metric"))
                .add("value", verdict.get("value"))
                .add("threshold", verdict.get("threshold"))
                .add("samples", verdict.get("samples"))
                .add("reason", verdict.getString("reason"));
        addMoment(json, "openedAt", instant(row.openedAt));
        addMoment(json, "firedAt", instant(row.firedAt));
        addMoment(json, "resolvedAt", instant(row.closedAt));
        addMoment(json, "updatedAt", instant(row.updatedAt));
        json.add("escalatedAt", details.get("escalatedAt"))
                .add("silencedBy", details.get("silencedBy"))
                .add("inhibitedBy", details.get("inhibitedBy"));
        if (row.owner == null) {
            json.addNull("acknowledgement");
        } else {
            JsonObjectBuilder acknowledgement =
                    JsonText.object().add("owner", row.owner).add("comment", String.valueOf(row.ownerComment));
            addMoment(acknowledgement, "at", instant(row.ownedAt));
            addMoment(acknowledgement, "until", instant(row.ownedUntil));
            json.add("acknowledgement", acknowledgement);
        }
        if (row.resolvedBy == null) {
            return json.addNull("resolution");
        }
        return json.add(
                "resolution",
                JsonText.object().add("owner", row.resolvedBy).add("comment", String.valueOf(row.resolveComment)));
    }

    static JsonObject labels(Map<String, String> labels) {
        JsonObjectBuilder json = JsonText.object();
        new TreeMap<>(labels).forEach(json::add);
        return json.build();
    }

    private static JsonObject state(AlertState state) {
        JsonObjectBuilder json = JsonText.object()
                .add("word", state.word())
                .add("since", state.since().toString());
        if (state instanceof Pending pending) {
            json.add("held", pending.held().toString());
        } else if (state instanceof Resolving resolving) {
            json.add("firingSince", resolving.firingSince().toString())
                    .add("cleared", resolving.cleared().toString());
        } else if (state instanceof NoData noData) {
            json.add("before", state(noData.before()));
        } else if (state instanceof Failed failed) {
            json.add("before", state(failed.before())).add("reason", failed.reason());
        }
        return json.build();
    }

    private static AlertState state(JsonObject json) {
        Instant since = Instant.parse(json.getString("since"));
        return switch (json.getString("word")) {
            case "inactive" -> new Inactive(since);
            case "pending" -> new Pending(since, Duration.parse(json.getString("held")));
            case "firing" -> new Firing(since);
            case "resolving" ->
                new Resolving(
                        since, Instant.parse(json.getString("firingSince")), Duration.parse(json.getString("cleared")));
            case "resolved" -> new Resolved(since);
            case "no_data" -> new NoData(since, state(json.getJsonObject("before")));
            case "error" -> new Failed(since, state(json.getJsonObject("before")), json.getString("reason"));
            default -> throw new IllegalArgumentException("no state is called " + json.getString("word"));
        };
    }

    /** Milliseconds and a letter each: there may be a thousand. */
    private static String recent(Recent recent) {
        return recent.found().stream()
                .map(each -> each.ago().toMillis() + each.outcome().name().substring(0, 1))
                .collect(Collectors.joining(","));
    }

    private static Recent recent(String text) {
        List<Recent.Found> found = new ArrayList<>();
        for (String each : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            int end = each.length() - 1;
            Outcome outcome = switch (each.charAt(end)) {
                case 'M' -> Outcome.MET;
                case 'B' -> Outcome.BETWEEN;
                default -> Outcome.CLEAR;
            };
            found.add(new Recent.Found(Duration.ofMillis(Long.parseLong(each.substring(0, end))), outcome));
        }
        return new Recent(found);
    }

    private static JsonObject verdict(Verdict verdict) {
        JsonObjectBuilder json =
                JsonText.object().add("outcome", verdict.outcome().name()).add("metric", verdict.metric());
        addNumber(json, "value", verdict.value());
        addNumber(json, "threshold", verdict.threshold());
        return json.add("samples", verdict.samples())
                .add("reason", verdict.reason())
                .build();
    }

    private static Verdict verdict(JsonObject json) {
        return new Verdict(
                Outcome.valueOf(json.getString("outcome")),
                json.getString("metric"),
                number(json, "value"),
                number(json, "threshold"),
                json.getJsonNumber("samples").longValue(),
                json.getString("reason"));
    }

    private static OptionalDouble number(JsonObject json, String field) {
        return json.get(field) instanceof JsonNumber number
                ? OptionalDouble.of(number.doubleValue())
                : OptionalDouble.empty();
    }

    private static void addNumber(JsonObjectBuilder json, String field, OptionalDouble number) {
        // JSON has no word for what is not finite.
        if (number.isPresent() && Double.isFinite(number.getAsDouble())) {
            json.add(field, number.getAsDouble());
        } else {
            json.addNull(field);
        }
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime moment) {
        return moment == null ? null : moment.toInstant();
    }

    static void addMoment(JsonObjectBuilder json, String field, @Nullable Instant moment) {
        if (moment == null) {
            json.addNull(field);
        } else {
            json.add(field, moment.toString());
        }
    }

    private static JsonArrayBuilder texts(Collection<String> texts) {
        JsonArrayBuilder array = JsonText.array();
        new TreeSet<>(texts).forEach(array::add);
        return array;
    }

    private static Set<String> textSet(JsonArray array) {
        return array.getValuesAs(JsonString.class).stream()
                .map(JsonString::getString)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Map<String, String> textMap(JsonObject json) {
        Map<String, String> texts = new TreeMap<>();
        json.forEach((name, value) -> {
            if (value.getValueType() == JsonValue.ValueType.STRING) {
                texts.put(name, ((JsonString) value).getString());
            }
        });
        return texts;
    }
}
