package org.ergograph.registry;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ergograph.monitor.MonitoredDbOperation;
import org.ergograph.web.ETags;
import org.ergograph.web.ProblemException;
import org.ergograph.web.SqlFailures;
import org.jspecify.annotations.Nullable;

/**
 * The upstream servers in the database. Every method is a transaction of its own, commit included in its time. What a client
 * got wrong is answered as a value, so that it does not count as an error of the database.
 */
@Singleton
class ServerRepository {
    private static final String TABLE = "upstream_server";

    @PersistenceContext(unitName = "ergograph")
    @SuppressWarnings("NullAway.Init") // injected
    EntityManager entities;

    /** A page of servers, and one more if there are more. */
    @MonitoredDbOperation(operation = "select", table = TABLE)
    @Transactional
    List<UpstreamServer> list(ServerFilter filter) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        List<String> conditions = new ArrayList<>();
        condition(conditions, parameters, "s.name = :name", "name", filter.name());
        condition(conditions, parameters, "s.status = :status", "status", filter.status());
        condition(conditions, parameters, "s.transport = :transport", "transport", filter.transport());
        condition(conditions, parameters, ":tag member of s.tags", "tag", filter.tag());
        condition(conditions, parameters, "s.id > :after", "after", filter.after());
        String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        TypedQuery<String> page =
                entities.createQuery("select s.id from UpstreamServer s" + where + " order by s.id", String.class);
        parameters.forEach(page::setParameter);
        List<String> ids = page.setMaxResults(filter.limit() + 1).getResultList();
        if (ids.isEmpty()) {
            return List.of();
        }
        // The tags come with the servers in one more query, and not in one for each.
        return entities.createQuery(
                        "select distinct s from UpstreamServer s left join fetch s.tags where s.id in :ids order by s.id",
                        UpstreamServer.class)
                .setParameter("ids", ids)
                .getResultList();
    }

    private static void condition(
            List<String> conditions, Map<String, Object> parameters, String text, String name, @Nullable String value) {
        if (value != null) {
            conditions.add(text);
            parameters.put(name, value);
        }
    }

    /** All servers, in the order of their registration. */
    @MonitoredDbOperation(operation = "select", table = TABLE)
    @Transactional
    List<RegisteredServer> all() {
        return entities.createQuery(
                        "select distinct s from UpstreamServer s left join fetch s.tags order by s.id",
                        UpstreamServer.class)
                .getResultStream()
                .map(UpstreamServer::registered)
                .toList();
    }

    @MonitoredDbOperation(operation = "select", table = TABLE)
    @Transactional
    Optional<UpstreamServer> get(String id) {
        Optional<UpstreamServer> server = Optional.ofNullable(entities.find(UpstreamServer.class, id));
        server.ifPresent(UpstreamServer::json); // reads the tags while there is a transaction to read them in
        return server;
    }

    /** @throws ProblemException 409 if another transaction takes the name at the same time */
    @MonitoredDbOperation(operation = "insert", table = TABLE)
    @Transactional
    Written insert(UpstreamServer server) {
        if (isTaken(server.name(), server.id())) {
            return new Written.NameTaken(server.name());
        }
        entities.persist(server);
        flush(server.name());
        return new Written.Done(server);
    }

    /**
     * @param probed null if it was not probed, and its status stays
     * @throws ProblemException 409 or 412 if another transaction takes the name or changes the server at the same time
     */
    @MonitoredDbOperation(operation = "update", table = TABLE)
    @Transactional
    Written update(String id, String ifMatch, Draft draft, @Nullable Status probed, Instant now) {
        UpstreamServer server = entities.find(UpstreamServer.class, id);
        if (server == null) {
            return new Written.Missing();
        }
        if (!ETags.matches(ifMatch, server.version())) {
            return new Written.Stale();
        }
        if (!server.name().equals(draft.name()) && isTaken(draft.name(), id)) {
            return new Written.NameTaken(draft.name());
        }
        server.change(draft, now);
        if (probed != null) {
            server.checked(probed, now);
        }
        try {
            flush(draft.name());
        } catch (OptimisticLockException e) {
            throw ProblemException.preconditionFailed(ifMatch);
        }
        return new Written.Done(server);
    }

    /** @throws ProblemException 412 if another transaction changes the server at the same time */
    @MonitoredDbOperation(operation = "delete", table = TABLE)
    @Transactional
    Written delete(String id, String ifMatch) {
        UpstreamServer server = entities.find(UpstreamServer.class, id);
        if (server == null) {
            return new Written.Missing();
        }
        if (!ETags.matches(ifMatch, server.version())) {
            return new Written.Stale();
        }
        entities.remove(server);
        try {
            entities.flush();
        } catch (OptimisticLockException e) {
            throw ProblemException.preconditionFailed(ifMatch);
        }
        return new Written.Done(server);
    }

    private boolean isTaken(String name, String id) {
        return entities.createQuery(
                                "select count(s) from UpstreamServer s where s.name = :name and s.id <> :id",
                                Long.class)
                        .setParameter("name", name)
                        .setParameter("id", id)
                        .getSingleResult()
                > 0;
    }

    private void flush(String name) {
        try {
            entities.flush();
        } catch (OptimisticLockException e) {
            throw e;
        } catch (PersistenceException e) {
            throw SqlFailures.isUniqueViolation(e) ? Written.nameTaken(name) : e;
        }
    }
}
