package org.ergograph.registry;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;

/** The share of time in which a server could be used. Pure. */
final class Availability {
    private Availability() {}

    /**
     * The share, 0 to 1, of the time known. Time that no period covers is unknown and counts for nothing; what several nodes
     * found at once counts once for each of them.
     *
     * @param from inclusive
     * @param to exclusive
     * @return empty if nothing is known of that time
     */
    static OptionalDouble of(Iterable<StatePeriod> periods, Instant from, Instant to) {
        long known = 0;
        long available = 0;
        for (StatePeriod period : periods) {
            Instant start = period.since().isAfter(from) ? period.since() : from;
            Instant end = period.until().isBefore(to) ? period.until() : to;
            if (start.isBefore(end) && period.state() != ServerState.UNKNOWN) {
                long nanos = Duration.between(start, end).toNanos();
                known += nanos;
                available += period.state().available() ? nanos : 0;
            }
        }
        return known == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) available / known);
    }
}
