package org.ergograph.registry;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A time during which a node found a server in one state. Immutable.
 *
 * @param since when it was found so first
 * @param until when it was found so last; not before {@code since}
 * @param reason why it is not healthy; null if it is
 */
public record StatePeriod(
        String serverId,
        String node,
        Instant since,
        Instant until,
        ServerState state,
        @Nullable String reason) {
    /** Whether it is the same period, wherever it ends. */
    boolean isSame(StatePeriod other) {
        return serverId.equals(other.serverId) && node.equals(other.node) && since.equals(other.since);
    }

    /** The period with another end. */
    StatePeriod until(Instant end) {
        return new StatePeriod(serverId, node, since, end, state, reason);
    }
}
