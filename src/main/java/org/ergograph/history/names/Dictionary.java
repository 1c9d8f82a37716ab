package org.ergograph.history.names;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.ergograph.monitor.MonitoredDbOperation;
import org.ergograph.observation.Labels;

/** Says which numbers stand for what is asked for, and what the numbers of rows stand for. Thread-safe. */
@Singleton
public class Dictionary {
    private static final int TIMEOUT_MILLIS =
            Math.toIntExact(Duration.ofSeconds(5).toMillis());

    @PersistenceContext(unitName = "ergograph")
    EntityManager entityManager;

    @Inject
    @SuppressWarnings("NullAway.Init") // the container fills the field in
    Dictionary() {}

    /** Reads by this entity manager; for tests and benchmarks. */
    public Dictionary(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /**
     * The series that any of the filters takes, by kind and name.
     *
     * @param most how many are read at most
     */
    @MonitoredDbOperation(operation = "select", table = "series")
    public List<SeriesRow> series(Collection<SeriesFilter> filters, int most) {
        List<Object> values = new ArrayList<>();
        String where = filters.stream()
                .map(filter -> "(" + filter.condition(values) + ")")
                .collect(Collectors.joining(" or "));
        TypedQuery<SeriesRow> query = query(
                "select s from SeriesRow s where " + where + " order by s.kind, s.name, s.number", SeriesRow.class);
        for (int i = 0; i < values.size(); i++) {
            query.setParameter(i + 1, values.get(i));
        }
        return query.setMaxResults(most).getResultList();
    }

    /** The series whose numbers are greater, by number: what was registered since. */
    @MonitoredDbOperation(operation = "select", table = "series")
    public List<SeriesRow> seriesBeyond(int number, int most) {
        return query("select s from SeriesRow s where s.number > :number order by s.number", SeriesRow.class)
                .setParameter("number", number)
                .setMaxResults(most)
                .getResultList();
    }

    /** The series with these numbers, by number. */
    @MonitoredDbOperation(operation = "select", table = "series")
    public Map<Integer, SeriesRow> series(Collection<Integer> numbers) {
        return numbers.isEmpty()
                ? Map.of()
                : query("select s from SeriesRow s where s.number in :numbers", SeriesRow.class)
                        .setParameter("numbers", numbers)
                        .getResultStream()
                        .collect(Collectors.toMap(row -> row.number, row -> row));
    }

    /** The number of the node of this name; empty if none has ever written. */
    @MonitoredDbOperation(operation = "select", table = "node")
    public OptionalInt node(String name) {
        return first(query("select n.number from NodeRow n where n.name = :name", Integer.class)
                .setParameter("name", Labels.sanitize(name)));
    }

    /** The names of the nodes with these numbers. */
    @MonitoredDbOperation(operation = "select", table = "node")
    public Map<Integer, String> nodes(Collection<Integer> numbers) {
        return numbers.isEmpty()
                ? Map.of()
                : query("select n from NodeRow n where n.number in :numbers", NodeRow.class)
                        .setParameter("numbers", numbers)
                        .getResultStream()
                        .collect(Collectors.toMap(row -> row.number, row -> row.name));
    }

    /** The number of this text; empty if no row ever had it. */
    @MonitoredDbOperation(operation = "select", table = "term")
    public OptionalInt term(String text) {
        return first(query("select t.number from TermRow t where t.text = :text", Integer.class)
                .setParameter("text", Labels.sanitize(text)));
    }

    /** The texts with these numbers. */
    @MonitoredDbOperation(operation = "select", table = "term")
    public Map<Integer, String> terms(Collection<Integer> numbers) {
        return numbers.isEmpty()
                ? Map.of()
                : query("select t from TermRow t where t.number in :numbers", TermRow.class)
                        .setParameter("numbers", numbers)
                        .getResultStream()
                        .collect(Collectors.toMap(term -> term.number, term -> term.text));
    }

    private static OptionalInt first(TypedQuery<Integer> query) {
        List<Integer> found = query.getResultList();
        return found.isEmpty() ? OptionalInt.empty() : OptionalInt.of(found.get(0));
    }

    private <T> TypedQuery<T> query(String text, Class<T> type) {
        return entityManager.createQuery(text, type).setHint("jakarta.persistence.query.timeout", TIMEOUT_MILLIS);
    }
}
