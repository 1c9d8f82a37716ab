package org.ergograph.history;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ergograph.monitor.MonitoredDbOperation;
import org.jspecify.annotations.Nullable;

/** Answers questions about the audit log. Thread-safe. */
@Singleton
class JpaAuditLog {
    /** How long a query may take: what takes longer is no answer to a request. */
    static final Duration TIMEOUT = Duration.ofSeconds(10);

    @PersistenceContext(unitName = "ergograph")
    EntityManager entityManager;

    @Inject
    @SuppressWarnings("NullAway.Init") // the container fills the field in
    JpaAuditLog() {}

    /**
     * The rows that the filter takes, newest first, those that started together by falling id.
     *
     * @param behind only rows behind this place; null for the newest
     */
    @MonitoredDbOperation(operation = "select", table = "audit")
    List<AuditEntry> page(AuditFilter filter, @Nullable AuditPosition behind, int limit) {
        List<String> conditions = new ArrayList<>();
        Map<String, Object> values = filter.conditions(conditions);
        if (behind != null) {
            conditions.add("r.startedAt <= :at and (r.startedAt < :at or r.id < :id)");
            values.put("at", behind.startedAt().atOffset(ZoneOffset.UTC));
            values.put("id", behind.id());
        }
        String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        TypedQuery<AuditRow> query =
                query("select r from AuditRow r" + where + " order by r.startedAt desc, r.id desc", AuditRow.class);
        values.forEach(query::setParameter);
        return named(query.setMaxResults(limit).getResultList());
    }

    // Apart from the rows, because a join keeps H2 from reading the rows in the order of an index.
    private List<AuditEntry> named(List<AuditRow> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        Map<Long, SeriesRow> series = query("select s from SeriesRow s where s.id in :ids", SeriesRow.class)
                .setParameter(
                        "ids", rows.stream().map(row -> row.seriesId).distinct().toList())
                .getResultStream()
                .collect(Collectors.toMap(row -> row.id, Function.identity()));
        Map<Integer, NodeRow> nodes = query("select n from NodeRow n where n.number in :numbers", NodeRow.class)
                .setParameter(
                        "numbers", rows.stream().map(row -> row.node).distinct().toList())
                .getResultStream()
                .collect(Collectors.toMap(row -> row.number, Function.identity()));
        List<AuditEntry> entries = new ArrayList<>(rows.size());
        for (AuditRow row : rows) {
            SeriesRow of = series.get(row.seriesId);
            NodeRow by = nodes.get(row.node);
            if (of == null || by == null) {
                throw new IllegalStateException("audit row " + row.id + " has no series or no node");
            }
            entries.add(AuditEntry.of(row, of, by));
        }
        return entries;
    }

    private <T> TypedQuery<T> query(String text, Class<T> type) {
        return entityManager
                .createQuery(text, type)
                .setHint("jakarta.persistence.query.timeout", Math.toIntExact(TIMEOUT.toMillis()));
    }
}
