package org.ergograph.notify.backtest;

import java.time.Instant;
import java.util.List;
import org.ergograph.window.Distribution;
import org.ergograph.window.ValueDistribution;

/**
 * What the record has of an interval; without parts it may be left out. Immutable.
 *
 * @param from inclusive
 * @param to exclusive
 */
record Interval(Instant from, Instant to, List<Part> parts) {
    Interval {
        parts = List.copyOf(parts);
    }

    /**
     * What one series had on one node.
     *
     * @param durations empty if they are samples
     * @param values empty if they are durations
     */
    record Part(Origin origin, Distribution durations, ValueDistribution values) {}

    /** A series on a node, by their numbers. */
    record Origin(int series, int node) {}
}
