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
import org.ergograph.monitor.MonitoredDbOperation;
import org.ergograph.web.ETags;
import org.ergograph.web.ProblemException;
import org.ergograph.web.SqlFailures;
import org.jspecify.annotations.Nullable;

/** The upstream servers in the database. Every method is a transaction of its own, commit included in its time. */
@Singleton
class ServerRepository {
    private static final String TABLE = "upstream_server";

    @PersistenceContext(unitName = "ergograph")
    @SuppressWarnings("NullAway.Init") // injected
    private EntityManager entities;

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

    /** @throws ProblemException 404 */
    @MonitoredDbOperation(operation = "select", table = TABLE)
    @Transactional
    UpstreamServer get(String id) {
        UpstreamServer server = find(id);
        server.json(); // reads the tags while there is a transaction to read them in
        return server;
    }

    private UpstreamServer find(String id) {
        UpstreamServer server = entities.find(UpstreamServer.class, id);
        if (server == null) {
            throw ProblemException.notFound("server", id);
        }
        return server;
    }

    /** @throws ProblemException 409 if the name is taken */
    @MonitoredDbOperation(operation = "insert", table = TABLE)
    @Transactional
    UpstreamServer insert(UpstreamServer server) {
        entities.persist(server);
        flush(server.name());
        return server;
    }

    /**
     * @param probed null if it was not probed, and its status stays
     * @throws ProblemException 404, 409 if the name is taken, 412 if the version is another by now
     */
    @MonitoredDbOperation(operation = "update", table = TABLE)
    @Transactional
    UpstreamServer update(String id, String ifMatch, Draft draft, @Nullable Status probed, Instant now) {
        UpstreamServer server = find(id);
        ETags.require(ifMatch, server.version());
        server.change(draft, now);
        if (probed != null) {
            server.checked(probed, now);
        }
        try {
            flush(draft.name());
        } catch (OptimisticLockException e) {
            throw ProblemException.preconditionFailed(ifMatch);
        }
        return server;
    }

    /** @throws ProblemException 404, 412 if the version is another by now */
    @MonitoredDbOperation(operation = "delete", table = TABLE)
    @Transactional
    void delete(String id, String ifMatch) {
        UpstreamServer server = find(id);
        ETags.require(ifMatch, server.version());
        entities.remove(server);
        try {
            entities.flush();
        } catch (OptimisticLockException e) {
            throw ProblemException.preconditionFailed(ifMatch);
        }
    }

    private void flush(String name) {
        try {
            entities.flush();
        } catch (OptimisticLockException e) {
            throw e;
        } catch (PersistenceException e) {
            throw SqlFailures.isUniqueViolation(e)
                    ? ProblemException.conflict("name", name, "a name that no other server has")
                    : e;
        }
    }
}
