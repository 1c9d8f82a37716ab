package org.ergograph.alert.routing;

import java.time.Instant;

/**
 * What a channel was told of one alert; what waits to be sent counts. Immutable.
 *
 * @param at when it was decided for the last time that it is told
 * @param occasion of the last message
 * @param firing whether it was told that the alert fires: by any message but {@link Occasion#RESOLVED}
 * @param escalated whether it was told that the alert was escalated
 * @param resolved whether it was told that the alert is over
 */
public record LastTold(Instant at, Occasion occasion, boolean firing, boolean escalated, boolean resolved) {
    /** After the first message. */
    public static LastTold of(Occasion occasion, Instant at) {
        return new LastTold(
                at,
                occasion,
                occasion != Occasion.RESOLVED,
                occasion == Occasion.ESCALATED,
                occasion == Occasion.RESOLVED);
    }

    /** After one more message. */
    public LastTold then(Occasion next, Instant when) {
        LastTold other = of(next, when);
        return new LastTold(
                when, next, firing || other.firing, escalated || other.escalated, resolved || other.resolved);
    }
}
