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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ergograph.history.names.NodeRow;
import org.ergograph.history.names.SeriesRow;
import org.ergograph.history.names.TermRow;
import org.ergograph.monitor.MonitoredDbOperation;
import org.ergograph.observation.Kind;
import org.jspecify.annotations.Nullable;

/** Answers questions about the audit log. Thread-safe. */
@Singleton
class JpaAuditLog {
    /** How long a query may take: what takes longer is no answer to a request. */
    static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final String FIGURES = """
            select count(*), count(nullif(error_type, 0)), avg(duration_nanos),
                percentile_disc(0.5) within group (order by duration_nanos),
                percentile_disc(0.95) within group (order by duration_nanos),
                percentile_disc(0.99) within group (order by duration_nanos),
                max(duration_nanos),
                cast(extract(epoch from min(started_at)) * 1000000000 as bigint)
            from (
                select duration_nanos, error_type, started_at from audit
                where series in (select number from series where %s) and started_at >= ? and started_at < ?
                order by started_at desc, id desc limit ?) newest
            """;

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

    /** See {@link RecordedCalls#figures}. */
    @MonitoredDbOperation(operation = "select", table = "audit")
    RecordedFigures figures(
            Kind kind, @Nullable String name, @Nullable String second, Instant from, Instant to, int maxRows) {
        List<Object> values = new ArrayList<>(List.of(kind.label()));
        String series = "kind = ?";
        if (name != null) {
            series += " and name = ?";
            values.add(name);
        }
        if (second != null) {
            series += " and attribute_2 = ?";
            values.add(second);
        }
        values.add(from.atOffset(ZoneOffset.UTC));
        values.add(to.atOffset(ZoneOffset.UTC));
        values.add(maxRows + 1);
        Query query = entityManager
                .createNativeQuery(FIGURES.formatted(series))
                .setHint("jakarta.persistence.query.timeout", Math.toIntExact(TIMEOUT.toMillis()));
        for (int i = 0; i < values.size(); i++) {
            query.setParameter(i + 1, values.get(i));
        }
        @Nullable Object[] row = (Object[]) query.getSingleResult();
        long rows = count(row[0]);
        Instant oldest = row[7] == null ? to : Instant.ofEpochSecond(0, count(row[7]));
        return new RecordedFigures(
                rows,
                count(row[1]),
                seconds(row[2]),
                seconds(row[3]),
                seconds(row[4]),
                seconds(row[5]),
                seconds(row[6]),
                oldest,
                rows <= maxRows);
    }

    private static long count(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }

    private static OptionalDouble seconds(@Nullable Object nanos) {
        return nanos instanceof Number number ? OptionalDouble.of(number.doubleValue() / 1e9) : OptionalDouble.empty();
    }

    // Apart from the rows, because a join keeps H2 from reading the rows in the order of an index.
    private List<AuditEntry> named(List<AuditRow> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        Map<Integer, SeriesRow> series = query("select s from SeriesRow s where s.number in :numbers", SeriesRow.class)
                .setParameter(
                        "numbers",
                        rows.stream().map(row -> row.series).distinct().toList())
                .getResultStream()
                .collect(Collectors.toMap(row -> row.number, Function.identity()));
        Map<Integer, String> terms = terms(rows);
        Map<Integer, NodeRow> nodes = query("select n from NodeRow n where n.number in :numbers", NodeRow.class)
                .setParameter(
                        "numbers", rows.stream().map(row -> row.node).distinct().toList())
                .getResultStream()
                .collect(Collectors.toMap(row -> row.number, Function.identity()));
        List<AuditEntry> entries = new ArrayList<>(rows.size());
        for (AuditRow row : rows) {
            SeriesRow of = series.get(row.series);
            NodeRow by = nodes.get(row.node);
            if (of == null || by == null) {
                throw new IllegalStateException("audit row " + row.id + " has no series or no node");
            }
            entries.add(AuditEntry.of(row, of, by, terms.get(row.errorType), terms.get(row.principal)));
        }
        return entries;
    }

    private Map<Integer, String> terms(List<AuditRow> rows) {
        List<Integer> numbers = rows.stream()
                .flatMap(row -> Stream.of(row.errorType, row.principal))
                .filter(number -> number != TermRow.NONE)
                .distinct()
                .toList();
        if (numbers.isEmpty()) {
            return Map.of();
        }
        return query("select t from TermRow t where t.number in :numbers", TermRow.class)
                .setParameter("numbers", numbers)
                .getResultStream()
                .collect(Collectors.toMap(term -> term.number, term -> term.text));
    }

    private <T> TypedQuery<T> query(String text, Class<T> type) {
        return entityManager
                .createQuery(text, type)
                .setHint("jakarta.persistence.query.timeout", Math.toIntExact(TIMEOUT.toMillis()));
    }
}
