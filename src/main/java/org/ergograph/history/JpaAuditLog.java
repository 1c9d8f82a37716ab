package org.ergograph.history;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import jakarta.persistence.TypedQuery;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ergograph.history.names.Dictionary;
import org.ergograph.history.names.SeriesRow;
import org.ergograph.history.names.TermRow;
import org.ergograph.monitor.MonitoredDbOperation;
import org.ergograph.web.DatabaseCalls;
import org.jspecify.annotations.Nullable;

/** Answers questions about the audit log. Thread-safe. */
@Singleton
class JpaAuditLog {
    @PersistenceContext(unitName = "ergograph")
    EntityManager entityManager;

    private final Dictionary dictionary;
    private final Duration timeout;

    @Inject
    JpaAuditLog(Dictionary dictionary, DatabaseCalls database) {
        this(dictionary, database.statementLimit());
    }

    /** @param timeout how long a statement may take */
    @SuppressWarnings("NullAway.Init") // the container fills the field in
    JpaAuditLog(Dictionary dictionary, Duration timeout) {
        this.dictionary = dictionary;
        this.timeout = timeout;
    }

    /**
     * The rows that the conditions take, newest first, those that started together by falling id.
     *
     * @param behind only rows behind this place; null for the newest
     */
    @MonitoredDbOperation(operation = "select", table = "audit")
    List<AuditEntry> page(AuditConditions conditions, @Nullable AuditPosition behind, int limit) {
        String where =
                conditions.where(behind == null ? null : "r.startedAt <= :at and (r.startedAt < :at or r.id < :id)");
        TypedQuery<AuditRow> query =
                query("select r from AuditRow r" + where + " order by r.startedAt desc, r.id desc", AuditRow.class);
        conditions.values().forEach(query::setParameter);
        if (behind != null) {
            query.setParameter("at", behind.startedAt().atOffset(ZoneOffset.UTC));
            query.setParameter("id", behind.id());
        }
        return named(query.setMaxResults(limit).getResultList());
    }

    /**
     * How many observations have no row, whatever they were of.
     *
     * @param from null for the beginning
     * @param to null for now
     * @param node the number of the only node that counts; null for all
     */
    @MonitoredDbOperation(operation = "select", table = "audit_omission")
    AuditOmissions omissions(@Nullable Instant from, @Nullable Instant to, @Nullable Integer node) {
        List<Object> values = new ArrayList<>();
        List<String> conditions = new ArrayList<>();
        if (from != null) {
            conditions.add("minute_at >= ?");
            values.add(from.truncatedTo(ChronoUnit.MINUTES).atOffset(ZoneOffset.UTC));
        }
        if (to != null) {
            conditions.add("minute_at < ?");
            values.add(to.atOffset(ZoneOffset.UTC));
        }
        if (node != null) {
            conditions.add("node = ?");
            values.add(node);
        }
        Query query = entityManager
                .createNativeQuery("select reason, sum(count) from audit_omission"
                        + (conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions))
                        + " group by reason")
                .setHint("jakarta.persistence.query.timeout", timeoutMillis());
        for (int i = 0; i < values.size(); i++) {
            query.setParameter(i + 1, values.get(i));
        }
        TreeMap<String, Long> byReason = new TreeMap<>(Map.of("sampled", 0L, "rejected", 0L, "dropped", 0L));
        for (Object row : query.getResultList()) {
            @Nullable Object[] columns = (Object[]) row;
            byReason.put(String.valueOf(columns[0]), count(columns[1]));
        }
        return new AuditOmissions(byReason);
    }

    private static long count(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }

    // Apart from the rows, because a join keeps H2 from reading the rows in the order of an index.
    private List<AuditEntry> named(List<AuditRow> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        Map<Integer, SeriesRow> series = dictionary.series(numbers(rows, row -> Stream.of(row.series)));
        Map<Integer, String> terms = dictionary.terms(numbers(
                rows, row -> Stream.of(row.errorType, row.principal).filter(number -> number != TermRow.NONE)));
        Map<Integer, String> nodes = dictionary.nodes(numbers(rows, row -> Stream.of(row.node)));
        List<AuditEntry> entries = new ArrayList<>(rows.size());
        for (AuditRow row : rows) {
            SeriesRow of = series.get(row.series);
            String by = nodes.get(row.node);
            if (of == null || by == null) {
                throw new IllegalStateException("audit row " + row.id + " has no series or no node");
            }
            entries.add(AuditEntry.of(row, of, by, terms.get(row.errorType), terms.get(row.principal)));
        }
        return entries;
    }

    private static Set<Integer> numbers(List<AuditRow> rows, Function<AuditRow, Stream<Integer>> of) {
        return rows.stream().flatMap(of).collect(Collectors.toSet());
    }

    private int timeoutMillis() {
        return Math.toIntExact(timeout.toMillis());
    }

    private <T> TypedQuery<T> query(String text, Class<T> type) {
        return entityManager.createQuery(text, type).setHint("jakarta.persistence.query.timeout", timeoutMillis());
    }
}
