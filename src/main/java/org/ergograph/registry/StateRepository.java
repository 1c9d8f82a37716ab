package org.ergograph.registry;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.ergograph.monitor.MonitoredDbOperation;

/** What the nodes found of the upstream servers, in the database. Every method is a transaction of its own. */
@Singleton
class StateRepository {
    private static final String TABLE = "upstream_state";

    @PersistenceContext(unitName = "ergograph")
    @SuppressWarnings("NullAway.Init") // injected
    EntityManager entities;

    /** Writes the period, or its new end if it is there; and the status of the server, which its version does not cover. */
    @MonitoredDbOperation(operation = "update", table = TABLE)
    @Transactional
    void write(StatePeriod period, boolean current) {
        UpstreamState state = new UpstreamState(period);
        UpstreamState present = entities.find(UpstreamState.class, state.key());
        if (present == null) {
            entities.persist(state);
        } else {
            present.until(period.until());
        }
        if (current) {
            Status status = Status.of(period);
            // Not JPQL, whose updates raise the version. Not null, whose type PostgreSQL would have to guess.
            entities.createNativeQuery("update upstream_server set status = ?1, status_reason = nullif(?2, ''),"
                            + " checked_at = ?3 where id = ?4")
                    .setParameter(1, status.word())
                    .setParameter(2, Objects.requireNonNullElse(UpstreamState.shortened(status.reason()), ""))
                    .setParameter(3, UpstreamState.moment(period.until()))
                    .setParameter(4, period.serverId())
                    .executeUpdate();
        }
    }

    /** The newest periods of a server that end after the instant, the newest first. */
    @MonitoredDbOperation(operation = "select", table = TABLE)
    @Transactional
    List<StatePeriod> since(String serverId, Instant from, int limit) {
        return entities.createQuery(
                        "select s from UpstreamState s where s.serverId = :id and s.until > :from order by s.since desc",
                        UpstreamState.class)
                .setParameter("id", serverId)
                .setParameter("from", UpstreamState.moment(from))
                .setMaxResults(limit)
                .getResultStream()
                .map(UpstreamState::period)
                .toList();
    }

    /** Removes what ended before the instant. */
    @MonitoredDbOperation(operation = "delete", table = TABLE)
    @Transactional
    int forget(Instant before) {
        return entities.createQuery("delete from UpstreamState s where s.until < :before")
                .setParameter("before", UpstreamState.moment(before))
                .executeUpdate();
    }
}
