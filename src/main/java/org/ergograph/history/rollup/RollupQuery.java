package org.ergograph.history.rollup;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * Which rollups are wanted. Immutable.
 *
 * @param tier of which tier
 * @param from the start of the first interval; one within an interval means that whole interval
 * @param to the end, exclusive: intervals that start before it
 * @param series the numbers of the series
 * @param order how the rows follow each other
 */
public record RollupQuery(Tier tier, Instant from, Instant to, Collection<Integer> series, Order order) {
    /** The order of the rows. Those of one series, node and interval follow each other unless it is {@link #ANY}. */
    public enum Order {
        /** As the database finds them, which saves it a sort. */
        ANY(""),
        /** By series, then start, then node: a sum for each series needs one adder. */
        SERIES(" order by 1, 3, 2"),
        /** By start, then series, then node: a sum over all series for each interval needs one adder. */
        TIME(" order by 3, 1, 2");

        private final String clause;

        Order(String clause) {
            this.clause = clause;
        }

        String clause() {
            return clause;
        }
    }

    public RollupQuery {
        series = List.copyOf(series);
    }

    int fromMinute() {
        return tier.start(Tier.minuteOf(from));
    }

    /** Exclusive. */
    int toMinute() {
        // An interval that starts before `to` is wanted whole, with the parts of all its minutes.
        int last = tier.start(Math.toIntExact(Math.floorDiv(to.getEpochSecond() - (to.getNano() == 0 ? 1 : 0), 60L)));
        return last + tier.minutes();
    }
}
