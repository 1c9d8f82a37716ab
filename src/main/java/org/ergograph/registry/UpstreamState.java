package org.ergograph.registry;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A {@link StatePeriod} in the database. Not thread-safe. */
@Entity
@Table(name = "upstream_state")
@IdClass(UpstreamState.Key.class)
@SuppressWarnings("NullAway.Init") // filled by the persistence provider
class UpstreamState {
    private static final int MAX_REASON = 400;

    @Id
    @Column(name = "server_id")
    private String serverId;

    @Id
    private String node;

    @Id
    @Column(name = "since_at")
    private OffsetDateTime since;

    @Column(name = "until_at")
    private OffsetDateTime until;

    private String state;
    private @Nullable String reason;

    protected UpstreamState() {}

    UpstreamState(StatePeriod period) {
        serverId = period.serverId();
        node = period.node();
        since = moment(period.since());
        state = period.state().label();
        reason = shortened(period.reason());
        until = moment(period.until());
    }

    void until(Instant instant) {
        until = moment(instant);
    }

    Key key() {
        Key key = new Key();
        key.serverId = serverId;
        key.node = node;
        key.since = since;
        return key;
    }

    StatePeriod period() {
        return new StatePeriod(
                serverId,
                node,
                since.toInstant(),
                until.toInstant(),
                ServerState.parse(state).orElse(ServerState.UNKNOWN),
                reason);
    }

    static OffsetDateTime moment(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    static @Nullable String shortened(@Nullable String reason) {
        return reason == null || reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON);
    }

    /** The primary key. */
    static class Key implements Serializable {
        @Nullable
        String serverId;

        @Nullable
        String node;

        @Nullable
        OffsetDateTime since;

        Key() {}

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key
                    && Objects.equals(serverId, key.serverId)
                    && Objects.equals(node, key.node)
                    && Objects.equals(instant(since), instant(key.since));
        }

        @Override
        public int hashCode() {
            return Objects.hash(serverId, node, instant(since));
        }

        private static @Nullable Instant instant(@Nullable OffsetDateTime moment) {
            return moment == null ? null : moment.toInstant();
        }
    }
}
