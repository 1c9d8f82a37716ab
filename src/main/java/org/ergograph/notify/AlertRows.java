package org.ergograph.notify;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.ergograph.monitor.MonitoredDbOperation;
import org.jspecify.annotations.Nullable;

/** Alerts and their events as requests read them, and what people say of them. Every method is a transaction of its own. */
@Singleton
class AlertRows {
    private static final String TABLE = "alert";
    private static final int MOST_EVENTS = 500;

    @PersistenceContext(unitName = "ergograph")
    @SuppressWarnings("NullAway.Init") // injected
    EntityManager entities;

    @Inject
    AlertRows() {}

    /** A page, the newest first, and one more if there are more. */
    @MonitoredDbOperation(operation = "select", table = TABLE)
    @Transactional
    List<AlertRow> list(AlertFilter filter) {
        List<String> conditions = new ArrayList<>();
        Map<String, Object> values = new LinkedHashMap<>();
        if (filter.active() != null) {
            conditions.add("a.closedAt is " + (filter.active() ? "null" : "not null"));
        }
        condition(conditions, values, "a.state = :state", "state", filter.state());
        condition(conditions, values, "a.severity = :severity", "severity", filter.severity());
        condition(conditions, values, "(a.ruleId = :rule or a.ruleName = :rule)", "rule", filter.rule());
        condition(conditions, values, "(a.closedAt is null or a.closedAt >= :from)", "from", moment(filter.from()));
        condition(conditions, values, "a.openedAt < :to", "to", moment(filter.to()));
        condition(conditions, values, "a.id < :before", "before", filter.before());
        String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        TypedQuery<AlertRow> page =
                entities.createQuery("select a from AlertRow a" + where + " order by a.id desc", AlertRow.class);
        values.forEach(page::setParameter);
        return page.setMaxResults(filter.limit() + 1).getResultList();
    }

    private static @Nullable Object moment(@Nullable Instant instant) {
        return instant == null ? null : Definition.moment(instant);
    }

    private static void condition(
            List<String> conditions, Map<String, Object> values, String text, String name, @Nullable Object value) {
        if (value != null) {
            conditions.add(text);
            values.put(name, value);
        }
    }

    @MonitoredDbOperation(operation = "select", table = TABLE)
    @Transactional
    Optional<AlertRow> get(String id) {
        return Optional.ofNullable(entities.find(AlertRow.class, id));
    }

    /** What became of the alert, in order; the newest {@value #MOST_EVENTS}. */
    @MonitoredDbOperation(operation = "select", table = "alert_event")
    @Transactional
    List<EventRow> events(String alertId) {
        List<EventRow> events = new ArrayList<>(entities.createQuery(
                        "select e from EventRow e where e.alertId = :alert order by e.id desc", EventRow.class)
                .setParameter("alert", alertId)
                .setMaxResults(MOST_EVENTS)
                .getResultList());
        Collections.reverse(events);
        return events;
    }

    /** Writes what somebody said of an open alert; empty if there is none. */
    @MonitoredDbOperation(operation = "update", table = TABLE)
    @Transactional
    Optional<AlertRow> say(String id, Statement statement, String eventId, String node, Instant now) {
        // Only the columns that belong to people: what the node that evaluates writes meanwhile stays.
        int rows = statement.update(entities, id, Definition.moment(now));
        if (rows == 0) {
            return Optional.empty();
        }
        AlertRow row = entities.find(AlertRow.class, id);
        entities.refresh(row);
        entities.persist(new EventRow(new AlertEvent(
                eventId, id, now, node, statement.kind(), row.state, null, statement.owner(), statement.comment())));
        return Optional.of(row);
    }

    /** How many alerts of each severity fired within a range; the words of the severities of which there are none are left out. */
    @MonitoredDbOperation(operation = "select", table = TABLE)
    @Transactional
    Map<String, Long> fired(Instant from, Instant to) {
        Map<String, Long> counts = new LinkedHashMap<>();
        entities.createQuery(
                        "select a.severity, count(a) from AlertRow a where a.firedAt >= :from and a.firedAt < :to"
                                + " group by a.severity order by a.severity",
                        Object[].class)
                .setParameter("from", Definition.moment(from))
                .setParameter("to", Definition.moment(to))
                .getResultList()
                .forEach(row -> counts.put((String) Objects.requireNonNull(row[0]), (Long) row[1]));
        return counts;
    }
}
