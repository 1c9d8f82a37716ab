package org.ergograph.notify.delivery;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import org.ergograph.monitor.MonitoredDbOperation;
import org.ergograph.outbound.OutboundPolicy;
import org.ergograph.web.ETags;
import org.ergograph.web.JsonBody;
import org.ergograph.web.ProblemException;
import org.ergograph.web.SqlFailures;

/** The channels in the database. Every method is a transaction of its own. */
@Singleton
class ChannelRows {
    private static final String TABLE = "channel";

    @PersistenceContext(unitName = "ergograph")
    @SuppressWarnings("NullAway.Init") // injected
    EntityManager entities;

    /** All of them, by name; there are few. */
    @MonitoredDbOperation(operation = "select", table = TABLE)
    @Transactional
    List<ChannelRow> all() {
        return entities.createQuery("select c from ChannelRow c order by c.name", ChannelRow.class)
                .getResultList();
    }

    /** @throws ProblemException 404 */
    @MonitoredDbOperation(operation = "select", table = TABLE)
    @Transactional(dontRollbackOn = ProblemException.class)
    ChannelRow get(String id) {
        return found(id);
    }

    private ChannelRow found(String id) {
        ChannelRow row = entities.find(ChannelRow.class, id);
        if (row == null) {
            throw ProblemException.notFound("channel", id);
        }
        return row;
    }

    /** @throws ProblemException 409 if the name is taken */
    @MonitoredDbOperation(operation = "insert", table = TABLE)
    @Transactional
    ChannelRow insert(ChannelRow row) {
        requireFree(row.name(), row.id());
        entities.persist(row);
        flush(row.name(), "");
        return row;
    }

    /** @throws ProblemException 400, 404, 409, 412 or 422 */
    @MonitoredDbOperation(operation = "update", table = TABLE)
    @Transactional
    ChannelRow update(String id, String ifMatch, JsonBody body, OutboundPolicy policy, Instant now) {
        ChannelRow row = found(id);
        ETags.require(ifMatch, row.version());
        ChannelFields.Read fields = ChannelFields.read(body, policy, row);
        requireFree(fields.name(), id);
        row.change(fields, now);
        flush(fields.name(), ifMatch);
        return row;
    }

    /** @throws ProblemException 404 or 412 */
    @MonitoredDbOperation(operation = "delete", table = TABLE)
    @Transactional
    ChannelRow delete(String id, String ifMatch) {
        ChannelRow row = found(id);
        ETags.require(ifMatch, row.version());
        entities.remove(row);
        flush(row.name(), ifMatch);
        return row;
    }

    private void requireFree(String name, String id) {
        boolean taken = entities.createQuery(
                                "select count(c) from ChannelRow c where c.name = :name and c.id <> :id", Long.class)
                        .setParameter("name", name)
                        .setParameter("id", id)
                        .getSingleResult()
                > 0;
        if (taken) {
            throw nameTaken(name);
        }
    }

    private static ProblemException nameTaken(String name) {
        return ProblemException.conflict("name", name, "a name that no other channel has");
    }

    private void flush(String name, String ifMatch) {
        try {
            entities.flush();
        } catch (OptimisticLockException e) {
            throw ProblemException.preconditionFailed(ifMatch);
        } catch (PersistenceException e) {
            throw SqlFailures.isUniqueViolation(e) ? nameTaken(name) : e;
        }
    }
}
