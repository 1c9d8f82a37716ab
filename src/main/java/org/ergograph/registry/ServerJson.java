package org.ergograph.registry;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.ergograph.web.JsonText;
import org.jspecify.annotations.Nullable;

/** What goes over the wire of a server beside what is registered of it. Pure. */
final class ServerJson {
    /** How far back {@code health} looks. */
    static final Duration WEEK = Duration.ofDays(7);

    private static final int MAX_HISTORY = 50;

    private ServerJson() {}

    /** A server of the configuration, with the fields of a registered one. */
    static JsonObject configured(RegisteredServer server, Optional<StatePeriod> current) {
        Status status = current.map(Status::of).orElseGet(Status::active);
        JsonArrayBuilder tags = JsonText.array();
        server.tags().forEach(tags::add);
        JsonObjectBuilder json = JsonText.object()
                .add("id", server.id())
                .add("name", server.name())
                .add("url", server.url())
                .add("transport", server.transport())
                .add("status", status.word());
        addText(json, "statusReason", status.reason());
        json.add("tags", tags);
        addText(json, "credentialRef", server.credentialRef());
        json.add("timeout", server.timeout().toString())
                .add("version", server.version())
                .addNull("createdAt")
                .addNull("updatedAt");
        addText(
                json,
                "checkedAt",
                current.map(period -> period.until().toString()).orElse(null));
        return json.build();
    }

    /**
     * The server with its {@code health}, which the version does not cover.
     *
     * @param current what this node found last, which holds until now
     * @param written those that end within the last {@link #WEEK}, of every node, the newest first
     */
    static JsonObject withHealth(
            JsonObject server, Optional<StatePeriod> current, List<StatePeriod> written, Instant now) {
        List<StatePeriod> periods = written.stream()
                .map(period -> current.isPresent() && period.isSame(current.get()) ? period.until(now) : period)
                .toList();
        JsonObjectBuilder health = JsonText.object()
                .add(
                        "state",
                        current.map(StatePeriod::state)
                                .orElse(ServerState.UNKNOWN)
                                .label());
        addText(health, "reason", current.map(StatePeriod::reason).orElse(null));
        addText(
                health,
                "since",
                current.map(period -> period.since().toString()).orElse(null));
        addText(
                health,
                "lastCheck",
                current.map(period -> period.until().toString()).orElse(null));
        addText(health, "node", current.map(StatePeriod::node).orElse(null));
        JsonObjectBuilder availability = JsonText.object();
        addShare(availability, "hour", Availability.of(periods, now.minus(Duration.ofHours(1)), now));
        addShare(availability, "day", Availability.of(periods, now.minus(Duration.ofDays(1)), now));
        addShare(availability, "week", Availability.of(periods, now.minus(WEEK), now));
        JsonArrayBuilder history = JsonText.array();
        periods.stream().limit(MAX_HISTORY).forEach(period -> history.add(json(period)));
        health.add("availability", availability).add("history", history);
        return JsonText.object(server).add("health", health).build();
    }

    private static JsonObjectBuilder json(StatePeriod period) {
        JsonObjectBuilder json = JsonText.object().add("state", period.state().label());
        addText(json, "reason", period.reason());
        return json.add("since", period.since().toString())
                .add("until", period.until().toString())
                .add("node", period.node());
    }

    private static void addShare(JsonObjectBuilder json, String field, OptionalDouble share) {
        if (share.isPresent()) {
            json.add(field, share.getAsDouble());
        } else {
            json.addNull(field);
        }
    }

    private static void addText(JsonObjectBuilder json, String field, @Nullable String text) {
        if (text == null) {
            json.addNull(field);
        } else {
            json.add(field, text);
        }
    }
}
