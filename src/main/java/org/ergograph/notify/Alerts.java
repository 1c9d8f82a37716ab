package org.ergograph.notify;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.ergograph.database.TimeOrderedIds;
import org.ergograph.notify.delivery.Notifications;
import org.ergograph.observation.NodeIdentity;
import org.ergograph.observation.TimeSource;
import org.ergograph.web.DatabaseCalls;
import org.ergograph.web.JsonText;
import org.ergograph.web.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * The alerts, as JSON, and what people say of them. Every stage fails with a {@link ProblemException}: what is wrong with the
 * wish, or 503 where the database does not answer in time. What people say takes effect within a second, on whichever node
 * evaluates. Thread-safe.
 */
@Singleton
public class Alerts {
    private final DatabaseCalls database;
    private final AlertRows rows;
    private final Notifications notifications;
    private final NodeIdentity node;
    private final TimeSource time;
    private final TimeOrderedIds ids;

    @Inject
    Alerts(DatabaseCalls database, AlertRows rows, Notifications notifications, NodeIdentity node, TimeSource time) {
        this.database = database;
        this.rows = rows;
        this.notifications = notifications;
        this.node = node;
        this.time = time;
        this.ids = new TimeOrderedIds(() -> time.now().toEpochMilli());
    }

    /** Alerts, the newest first, and one more than the filter's limit if there are more. */
    public CompletionStage<List<JsonObject>> list(AlertFilter filter) {
        return database.run(() -> rows.list(filter).stream()
                .map(row -> AlertJson.json(row).build())
                .toList());
    }

    /** One alert with its whole story, and what was told of it with each attempt; 404 if there is none. */
    public CompletionStage<JsonObject> get(String id) {
        return database.run(() -> {
            AlertRow row = rows.get(id).orElseThrow(() -> ProblemException.notFound("alert", id));
            JsonArrayBuilder events = JsonText.array();
            rows.events(id).forEach(event -> events.add(event.json()));
            return AlertJson.json(row)
                    .add("events", events)
                    .add("notifications", notifications.of(id))
                    .build();
        });
    }

    /**
     * Says that somebody takes care of the alert: it is neither repeated nor escalated. 404 if there is none, 409 if it is over.
     *
     * @param until when that ends at the latest; null if with the alert
     */
    public CompletionStage<JsonObject> acknowledge(String id, String owner, String comment, @Nullable Instant until) {
        return say("acknowledge", id, new Statement.Acknowledge(owner, comment, until));
    }

    /** Says that nobody takes care of the alert any more; 404, 409. */
    public CompletionStage<JsonObject> unacknowledge(String id, String owner, String comment) {
        return say("unacknowledge", id, new Statement.Unacknowledge(owner, comment));
    }

    /** Ends the alert; what still holds begins a new one. 404, 409. */
    public CompletionStage<JsonObject> resolve(String id, String owner, String comment) {
        return say("resolve", id, new Statement.Resolve(owner, comment));
    }

    /** How many alerts began to fire within the range, by the word for their severity; severities without any are left out. */
    public CompletionStage<Map<String, Long>> fired(Instant from, Instant to) {
        return database.run(() -> rows.fired(from, to));
    }

    private CompletionStage<JsonObject> say(String action, String id, Statement statement) {
        return database.act("alert", action, () -> said(id, statement), alert -> alert.getString("rule"));
    }

    private JsonObject said(String id, Statement statement) {
        AlertRow row = rows.say(id, statement, ids.next(), node.name(), time.now())
                .orElseThrow(() -> {
                    if (rows.get(id).isEmpty()) {
                        return ProblemException.notFound("alert", id);
                    }
                    return ProblemException.conflict(
                            "id", id, "an alert that is not over, and fires if it is to be resolved");
                });
        return AlertJson.json(row).build();
    }
}
