package org.ergograph.notify.delivery;

import jakarta.inject.Singleton;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ergograph.database.TimeOrderedIds;
import org.ergograph.monitor.MonitoredDbOperation;
import org.ergograph.web.JsonText;
import org.ergograph.web.ProblemException;
import org.jspecify.annotations.Nullable;

/** What was told and what waits to be, as it goes over the wire. Asks the database; thread-safe. */
@Singleton
public class Notifications {
    private static final String TABLE = "notification";
    private static final int MAX_OF_ALERT = 500;

    @PersistenceContext(unitName = "ergograph")
    @SuppressWarnings("NullAway.Init") // injected
    EntityManager entities;

    /**
     * Which notifications are wanted. Immutable.
     *
     * @param after the id that the page before ended with
     */
    record Wanted(
            @Nullable String state,
            @Nullable String channel,
            @Nullable String alert,
            @Nullable String after,
            int limit) {}

    /**
     * What came of a wish to send it again. Immutable.
     *
     * @param notification as it is now; null if it was not given up, or there is none
     * @param state of the notification; null if there is none
     */
    record Retried(
            @Nullable JsonObject notification, @Nullable String state) {
        /** @throws ProblemException 404 if there is no such notification, 409 if it was not given up */
        JsonObject orProblem(String id) {
            if (state == null) {
                throw ProblemException.notFound("notification", id);
            }
            if (notification == null) {
                throw ProblemException.conflict("id", id, "a notification that was given up; this one is " + state);
            }
            return notification;
        }
    }

    /** What was told of an alert, with every attempt, oldest first; of very much the newest. */
    @MonitoredDbOperation(operation = "select", table = TABLE)
    @Transactional
    public JsonArray of(String alertId) {
        List<NotificationRow> rows = entities.createQuery(
                        "select n from NotificationRow n where n.alertId = :alert order by n.id desc",
                        NotificationRow.class)
                .setParameter("alert", alertId)
                .setMaxResults(MAX_OF_ALERT)
                .getResultStream()
                .sorted(Comparator.comparing(NotificationRow::id))
                .toList();
        JsonArrayBuilder array = JsonText.array();
        json(rows).forEach(array::add);
        return array.build();
    }

    /** A page, the newest first, and one more if there are more. */
    @MonitoredDbOperation(operation = "select", table = TABLE)
    @Transactional
    List<JsonObject> list(Wanted wanted) {
        Map<String, String> parameters = new LinkedHashMap<>();
        List<String> conditions = new ArrayList<>();
        condition(conditions, parameters, "n.state = :state", "state", wanted.state());
        condition(conditions, parameters, "n.channel = :channel", "channel", wanted.channel());
        condition(conditions, parameters, "n.alertId = :alert", "alert", wanted.alert());
        condition(conditions, parameters, "n.id < :after", "after", wanted.after());
        String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        TypedQuery<NotificationRow> query = entities.createQuery(
                "select n from NotificationRow n" + where + " order by n.id desc", NotificationRow.class);
        parameters.forEach(query::setParameter);
        return json(query.setMaxResults(wanted.limit() + 1).getResultList());
    }

    private static void condition(
            List<String> conditions, Map<String, String> parameters, String text, String name, @Nullable String value) {
        if (value != null) {
            conditions.add(text);
            parameters.put(name, value);
        }
    }

    /**
     * Has what was given up sent again, with everything that was in its message. What a client got wrong is answered as a value,
     * so that it does not count as an error of the database.
     */
    @MonitoredDbOperation(operation = "update", table = TABLE)
    @Transactional
    Retried retry(String id, Instant now) {
        NotificationRow row = entities.find(NotificationRow.class, id);
        if (row == null) {
            return new Retried(null, null);
        }
        if (!row.state().equals(Ended.DEAD)) {
            return new Retried(null, row.state());
        }
        MessageRow said = said(row, now);
        said.retry(now);
        entities.createQuery(
                        "select n from NotificationRow n where n.message = :message and n.state = 'dead'",
                        NotificationRow.class)
                .setParameter("message", said.id())
                .getResultList()
                .forEach(each -> each.belongsTo(said.id(), Ended.WAITING, null));
        entities.flush();
        return new Retried(json(List.of(row)).get(0), row.state());
    }

    /** The message it was in; one of its own if it was given up before it got into any. */
    private MessageRow said(NotificationRow row, Instant now) {
        String message = row.message();
        MessageRow said = message == null ? null : entities.find(MessageRow.class, message);
        if (said == null) {
            Entry entry = row.entry();
            String id = new TimeOrderedIds(now::toEpochMilli).next();
            said = new MessageRow(
                    new Open(id, entry.channel(), entry.groupKey(), 0, false, now, now), Ended.WAITING, null);
            entities.persist(said);
            row.belongsTo(id, Ended.DEAD, now);
        }
        return said;
    }

    private List<JsonObject> json(List<NotificationRow> rows) {
        List<String> messages = rows.stream()
                .map(NotificationRow::message)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        Map<String, List<Attempt>> attempts = new HashMap<>();
        if (!messages.isEmpty()) {
            entities.createQuery(
                            "select a from AttemptRow a where a.message in :messages order by a.message, a.number",
                            AttemptRow.class)
                    .setParameter("messages", messages)
                    .getResultStream()
                    .map(AttemptRow::attempt)
                    .forEach(attempt -> attempts.computeIfAbsent(attempt.message(), key -> new ArrayList<>())
                            .add(attempt));
        }
        return rows.stream()
                .map(row -> json(row, attempts.getOrDefault(Objects.requireNonNullElse(row.message(), ""), List.of())))
                .toList();
    }

    private static JsonObject json(NotificationRow row, List<Attempt> attempts) {
        Entry entry = row.entry();
        JsonObjectBuilder json = JsonText.object()
                .add("id", row.id())
                .add("alert", entry.alertId())
                .add("channel", entry.channel())
                .add("occasion", entry.occasion().word())
                .add("state", row.state())
                .add("madeAt", row.madeAt().toString());
        add(json, "settledAt", row.settledAt() == null ? null : row.settledAt().toString());
        json.add("reason", entry.reason()).add("group", entry.groupKey());
        add(json, "message", row.message());
        json.add("title", entry.content().title());
        JsonArrayBuilder list = JsonText.array();
        attempts.forEach(attempt -> list.add(attempt.json()));
        return json.add("attempts", list).build();
    }

    private static void add(JsonObjectBuilder json, String field, @Nullable String text) {
        if (text == null) {
            json.addNull(field);
        } else {
            json.add(field, text);
        }
    }
}
