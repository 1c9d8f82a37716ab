package org.ergograph.notify.delivery;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ergograph.monitor.MonitoredDbOperation;
import org.ergograph.notify.delivery.StoredChannel.Outcome;
import org.ergograph.web.ETags;
import org.ergograph.web.ProblemException;
import org.ergograph.web.SqlFailures;

/**
 * The channels in the database. Every method is a transaction of its own. What a client got wrong is answered as a value, so that
 * it does not count as an error of the database.
 */
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

    @MonitoredDbOperation(operation = "select", table = TABLE)
    @Transactional
    Optional<ChannelRow> get(String id) {
        return Optional.ofNullable(entities.find(ChannelRow.class, id));
    }

    /** @throws ProblemException 409 if another transaction takes the name at the same time */
    @MonitoredDbOperation(operation = "insert", table = TABLE)
    @Transactional
    StoredChannel insert(ChannelRow row) {
        if (isTaken(row.name(), row.id())) {
            return StoredChannel.not(Outcome.NAME_TAKEN);
        }
        entities.persist(row);
        flush(row.name(), "");
        return StoredChannel.done(row);
    }

    /**
     * @param read the version that the fields were read for: what they keep is of that one
     * @throws ProblemException 409 or 412 if another transaction takes the name or changes it at the same time
     */
    @MonitoredDbOperation(operation = "update", table = TABLE)
    @Transactional
    StoredChannel update(String id, String ifMatch, long read, ChannelFields.Read fields, Instant now) {
        ChannelRow row = entities.find(ChannelRow.class, id);
        if (row == null) {
            return StoredChannel.not(Outcome.MISSING);
        }
        if (!ETags.matches(ifMatch, row.version()) || row.version() != read) {
            return StoredChannel.not(Outcome.STALE);
        }
        if (isTaken(fields.name(), id)) {
            return StoredChannel.not(Outcome.NAME_TAKEN);
        }
        row.change(fields, now);
        flush(fields.name(), ifMatch);
        return StoredChannel.done(row);
    }

    /** @throws ProblemException 412 if another transaction changes it at the same time */
    @MonitoredDbOperation(operation = "delete", table = TABLE)
    @Transactional
    StoredChannel delete(String id, String ifMatch) {
        ChannelRow row = entities.find(ChannelRow.class, id);
        if (row == null) {
            return StoredChannel.not(Outcome.MISSING);
        }
        if (!ETags.matches(ifMatch, row.version())) {
            return StoredChannel.not(Outcome.STALE);
        }
        entities.remove(row);
        flush(row.name(), ifMatch);
        return StoredChannel.done(row);
    }

    private boolean isTaken(String name, String id) {
        return entities.createQuery(
                                "select count(c) from ChannelRow c where c.name = :name and c.id <> :id", Long.class)
                        .setParameter("name", name)
                        .setParameter("id", id)
                        .getSingleResult()
                > 0;
    }

    private void flush(String name, String ifMatch) {
        try {
            entities.flush();
        } catch (OptimisticLockException e) {
            throw ProblemException.preconditionFailed(ifMatch);
        } catch (PersistenceException e) {
            throw SqlFailures.isUniqueViolation(e) ? StoredChannel.nameTaken(name) : e;
        }
    }
}
