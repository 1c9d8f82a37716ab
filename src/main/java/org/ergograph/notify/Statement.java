package org.ergograph.notify;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** What somebody says of an alert. Immutable. */
sealed interface Statement {
    String owner();

    String comment();

    AlertEvent.Kind kind();

    /** Writes it; 0 if there is no such open alert. */
    int update(EntityManager entities, String alertId, OffsetDateTime now);

    /** @param until null if as long as the alert */
    record Acknowledge(
            String owner, String comment, @Nullable Instant until) implements Statement {
        @Override
        public AlertEvent.Kind kind() {
            return AlertEvent.Kind.ACKNOWLEDGED;
        }

        @Override
        public int update(EntityManager entities, String alertId, OffsetDateTime now) {
            // Two texts and not a null, whose type PostgreSQL would have to guess.
            String end = until == null ? "owned_until = null" : "owned_until = ?5";
            Query update = entities.createNativeQuery(
                            "update alert set hand = hand + 1, owner = ?1, owner_comment = ?2," + " owned_at = ?3, "
                                    + end + " where id = ?4 and open_key is not null")
                    .setParameter(1, owner)
                    .setParameter(2, comment)
                    .setParameter(3, now)
                    .setParameter(4, alertId);
            if (until != null) {
                update.setParameter(5, Definition.moment(until));
            }
            return update.executeUpdate();
        }
    }

    record Unacknowledge(String owner, String comment) implements Statement {
        @Override
        public AlertEvent.Kind kind() {
            return AlertEvent.Kind.UNACKNOWLEDGED;
        }

        @Override
        public int update(EntityManager entities, String alertId, OffsetDateTime now) {
            return entities.createNativeQuery("update alert set hand = hand + 1, owner = null, owner_comment = null,"
                            + " owned_at = null, owned_until = null where id = ?1 and open_key is not null")
                    .setParameter(1, alertId)
                    .executeUpdate();
        }
    }

    record Resolve(String owner, String comment) implements Statement {
        @Override
        public AlertEvent.Kind kind() {
            return AlertEvent.Kind.RESOLVE;
        }

        @Override
        public int update(EntityManager entities, String alertId, OffsetDateTime now) {
            return entities.createNativeQuery("update alert set hand = hand + 1, resolved_by = ?1, resolve_comment = ?2"
                            + " where id = ?3 and open_key is not null and fired_at is not null")
                    .setParameter(1, owner)
                    .setParameter(2, comment)
                    .setParameter(3, alertId)
                    .executeUpdate();
        }
    }
}
