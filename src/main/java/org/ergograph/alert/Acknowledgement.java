package org.ergograph.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That somebody takes care of an alert: it is neither repeated nor escalated. Ends with the alert. Immutable.
 *
 * @param until when it ends at the latest, exclusive; null if with the alert
 */
public record Acknowledgement(
        String owner, String comment, Instant at, @Nullable Instant until) {
    /** Whether it holds at this moment. */
    public boolean holds(Instant now) {
        return until == null || now.isBefore(until);
    }
}
