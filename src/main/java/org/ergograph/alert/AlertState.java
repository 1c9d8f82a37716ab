package org.ergograph.alert;

import java.time.Duration;
import java.time.Instant;

/**
 * Where an alert is in its life. Times are the wall clock's, for people; how long something lasted is counted by the
 * evaluations, on the monotonic clock, and so a clock that is moved neither fires nor resolves anything. Immutable.
 */
public sealed interface AlertState {
    /** Since when it is in this state. */
    Instant since();

    /** The word for it: inactive, pending, firing, resolving, resolved, no_data or error. */
    String word();

    /** Where it is as far as is known: where it was before there was no data or an error, otherwise this. */
    default AlertState known() {
        return this;
    }

    /** Whether it fires as far as is known: it is firing, or the condition has not gone for long enough. */
    default boolean fires() {
        return known() instanceof Firing || known() instanceof Resolving;
    }

    /** Whether there is an alert: it is pending or fires, as far as is known. */
    default boolean open() {
        return fires() || known() instanceof Pending;
    }

    /** The condition is not met. */
    record Inactive(Instant since) implements AlertState {
        @Override
        public String word() {
            return "inactive";
        }
    }

    /**
     * The condition is met, but not for long enough.
     *
     * @param held for how long it is met
     */
    record Pending(Instant since, Duration held) implements AlertState {
        @Override
        public String word() {
            return "pending";
        }
    }

    /** The condition is met, and people have to know. */
    record Firing(Instant since) implements AlertState {
        @Override
        public String word() {
            return "firing";
        }
    }

    /**
     * The condition has gone, but not for long enough.
     *
     * @param firingSince since when it fires
     * @param cleared for how long the condition has gone
     */
    record Resolving(Instant since, Instant firingSince, Duration cleared) implements AlertState {
        @Override
        public String word() {
            return "resolving";
        }
    }

    /** It has fired and is over. */
    record Resolved(Instant since) implements AlertState {
        @Override
        public String word() {
            return "resolved";
        }
    }

    /**
     * Nothing is known; it goes on where it was as soon as something is.
     *
     * @param before where it was: never {@code NoData} or {@code Failed} itself
     */
    record NoData(Instant since, AlertState before) implements AlertState {
        public NoData {
            before = before.known();
        }

        @Override
        public String word() {
            return "no_data";
        }

        @Override
        public AlertState known() {
            return before;
        }
    }

    /**
     * It cannot be evaluated; it goes on where it was as soon as it can.
     *
     * @param before where it was: never {@code NoData} or {@code Failed} itself
     */
    record Failed(Instant since, AlertState before, String reason) implements AlertState {
        public Failed {
            before = before.known();
        }

        @Override
        public String word() {
            return "error";
        }

        @Override
        public AlertState known() {
            return before;
        }
    }
}
