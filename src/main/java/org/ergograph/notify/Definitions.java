package org.ergograph.notify;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.ergograph.monitor.MonitoredDbOperation;
import org.ergograph.notify.Stored.Outcome;
import org.ergograph.web.ETags;
import org.ergograph.web.ProblemException;
import org.ergograph.web.SqlFailures;
import org.jspecify.annotations.Nullable;

/**
 * Rules, silences and inhibitions in the database. Every method is a transaction of its own, commit included in its time. What a
 * client got wrong is answered as a value, so that it does not count as an error of the database.
 */
@Singleton
class Definitions {
    private static final String TABLE = "alert_definition";

    @PersistenceContext(unitName = "ergograph")
    @SuppressWarnings("NullAway.Init") // injected
    EntityManager entities;

    @Inject
    Definitions() {}

    /**
     * A page in the order of the ids, and one more if there are more.
     *
     * @param equal what fields have to be, by name
     */
    @MonitoredDbOperation(operation = "select", table = TABLE)
    @Transactional
    <T extends Definition> List<T> list(Class<T> type, Map<String, Object> equal, @Nullable String after, int limit) {
        List<String> conditions = new ArrayList<>();
        equal.keySet().forEach(field -> conditions.add("d." + field + " = :" + field));
        if (after != null) {
            conditions.add("d.id > :after");
        }
        String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        TypedQuery<T> page =
                entities.createQuery("select d from " + type.getSimpleName() + " d" + where + " order by d.id", type);
        equal.forEach(page::setParameter);
        if (after != null) {
            page.setParameter("after", after);
        }
        return page.setMaxResults(limit + 1).getResultList();
    }

    /** All there are, in the order of their ids. */
    @MonitoredDbOperation(operation = "select", table = TABLE)
    @Transactional
    <T extends Definition> List<T> all(Class<T> type) {
        return entities.createQuery("select d from " + type.getSimpleName() + " d order by d.id", type)
                .getResultList();
    }

    /** The versions of all there are, by id: what is to be read anew is told by them. */
    @MonitoredDbOperation(operation = "select", table = TABLE)
    @Transactional
    Map<String, Long> versions(Class<? extends Definition> type) {
        Map<String, Long> versions = new LinkedHashMap<>();
        entities.createQuery("select d.id, d.version from " + type.getSimpleName() + " d order by d.id", Object[].class)
                .getResultList()
                .forEach(row -> versions.put((String) row[0], (Long) row[1]));
        return versions;
    }

    @MonitoredDbOperation(operation = "select", table = TABLE)
    @Transactional
    <T extends Definition> Optional<T> get(Class<T> type, String id) {
        return Optional.ofNullable(entities.find(type, id));
    }

    /** @throws ProblemException 409 if another transaction takes the name at the same time */
    @MonitoredDbOperation(operation = "insert", table = TABLE)
    @Transactional
    <T extends Definition> Stored<T> insert(T row) {
        if (isTaken(row, row.name())) {
            return Stored.not(Outcome.NAME_TAKEN);
        }
        entities.persist(row);
        flush(row.name());
        return Stored.done(row);
    }

    /** Adds those whose id and name nobody has yet. */
    @MonitoredDbOperation(operation = "insert", table = TABLE)
    @Transactional
    <T extends Definition> int addMissing(List<T> rows) {
        int added = 0;
        for (T row : rows) {
            if (entities.find(row.getClass(), row.id()) == null && !isTaken(row, row.name())) {
                entities.persist(row);
                added++;
            }
        }
        entities.flush();
        return added;
    }

    /**
     * @param name the name that it is to have; null if it has none
     * @throws ProblemException 409 or 412 if another transaction takes the name or changes it at the same time
     */
    @MonitoredDbOperation(operation = "update", table = TABLE)
    @Transactional
    <T extends Definition> Stored<T> update(
            Class<T> type, String id, String ifMatch, @Nullable String name, Consumer<T> change) {
        T row = entities.find(type, id);
        if (row == null) {
            return Stored.not(Outcome.MISSING);
        }
        if (!ETags.matches(ifMatch, row.version())) {
            return Stored.not(Outcome.STALE);
        }
        if (isTaken(row, name)) {
            return Stored.not(Outcome.NAME_TAKEN);
        }
        change.accept(row);
        try {
            flush(name);
        } catch (OptimisticLockException e) {
            throw ProblemException.preconditionFailed(ifMatch);
        }
        return Stored.done(row);
    }

    /** @throws ProblemException 412 if another transaction changes it at the same time */
    @MonitoredDbOperation(operation = "delete", table = TABLE)
    @Transactional
    <T extends Definition> Stored<T> delete(Class<T> type, String id, String ifMatch) {
        T row = entities.find(type, id);
        if (row == null) {
            return Stored.not(Outcome.MISSING);
        }
        if (row.shipped()) {
            return Stored.not(Outcome.SHIPPED);
        }
        if (!ETags.matches(ifMatch, row.version())) {
            return Stored.not(Outcome.STALE);
        }
        entities.remove(row);
        try {
            entities.flush();
        } catch (OptimisticLockException e) {
            throw ProblemException.preconditionFailed(ifMatch);
        }
        return Stored.done(row);
    }

    private boolean isTaken(Definition row, @Nullable String name) {
        return name != null
                && entities.createQuery(
                                        "select count(d) from " + row.getClass().getSimpleName()
                                                + " d where d.name = :name and d.id <> :id",
                                        Long.class)
                                .setParameter("name", name)
                                .setParameter("id", row.id())
                                .getSingleResult()
                        > 0;
    }

    private void flush(@Nullable String name) {
        try {
            entities.flush();
        } catch (OptimisticLockException e) {
            throw e;
        } catch (PersistenceException e) {
            throw SqlFailures.isUniqueViolation(e) ? Stored.nameTaken(String.valueOf(name)) : e;
        }
    }
}
