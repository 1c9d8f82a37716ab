package org.ergograph.notify.backtest;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import org.ergograph.alert.condition.Subject;
import org.jspecify.annotations.Nullable;

/**
 * One alert that there would have been. Immutable.
 *
 * @param pendingFrom when the condition was first met
 * @param firedFrom when it began to fire; null if it never did
 * @param to when it was over; null if it was not at the end of the range
 * @param metric what was compared; empty if nothing was
 * @param worst the value that was furthest beyond the threshold; empty if there was none
 */
record Episode(
        Subject subject,
        Instant pendingFrom,
        @Nullable Instant firedFrom,
        @Nullable Instant to,
        String metric,
        OptionalDouble worst,
        OptionalDouble threshold) {
    /** Whether it fired. */
    boolean fired() {
        return firedFrom != null;
    }

    /**
     * For how long it fired.
     *
     * @param end what counts as its end if it had none
     */
    Duration fired(Instant end) {
        Instant last = to == null ? end : to;
        return firedFrom == null ? Duration.ZERO : Duration.between(firedFrom, last);
    }
}
