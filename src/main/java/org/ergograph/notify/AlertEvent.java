package org.ergograph.notify;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that became of an alert. Immutable.
 *
 * @param id ordered by time
 * @param state the word for the state that the alert is in afterwards
 * @param channel which was told or not; null if it is about none
 * @param actor who did it; null if nobody
 * @param reason why, for people
 */
record AlertEvent(
        String id,
        String alertId,
        Instant at,
        String node,
        Kind kind,
        String state,
        @Nullable String channel,
        @Nullable String actor,
        String reason) {
    enum Kind {
        /** It came into another state. */
        STATE,
        /** A channel is to be told of it. */
        TOLD,
        /** A channel is not told of it. */
        HELD,
        SILENCED,
        UNSILENCED,
        INHIBITED,
        UNINHIBITED,
        ESCALATED,
        ACKNOWLEDGED,
        UNACKNOWLEDGED,
        /** Somebody wants it to be resolved. */
        RESOLVE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
