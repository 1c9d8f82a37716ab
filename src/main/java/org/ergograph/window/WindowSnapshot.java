package org.ergograph.window;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ergograph.observation.Kind;

/**
 * What was within the window at an instant. Immutable and thread-safe.
 *
 * @param at the instant
 * @param length the window's length as configured
 * @param covered the time from which observations are in it: shorter than the length in a young process, otherwise longer by
 *     at most one slot, a thirtieth of it, unless the scheduler was late
 * @param series what had at least one observation, in the order of the series' ids
 * @param samples what was sampled, by name
 */
public record WindowSnapshot(
        Instant at, Duration length, Duration covered, List<SeriesWindow> series, Map<String, SampleWindow> samples) {
    public WindowSnapshot {
        series = List.copyOf(series);
        samples = Map.copyOf(samples);
    }

    /** All observations of a kind. */
    public Distribution of(Kind kind) {
        List<Distribution> parts = new ArrayList<>();
        for (SeriesWindow each : series) {
            if (each.series().kind() == kind) {
                parts.add(each.distribution());
            }
        }
        return Distribution.merged(parts);
    }

    /** All observations of every kind; what is nested in another is in it beside the other. */
    public Distribution overall() {
        List<Distribution> parts = new ArrayList<>();
        for (SeriesWindow each : series) {
            parts.add(each.distribution());
        }
        return Distribution.merged(parts);
    }

    /** Observations a second over the time covered, which counts as one second at least. */
    public double ratePerSecond(Distribution distribution) {
        return distribution.count() / Math.max(1.0, covered.toNanos() / 1e9);
    }
}
