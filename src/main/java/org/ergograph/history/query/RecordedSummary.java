package org.ergograph.history.query;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.ergograph.observation.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What all nodes did over some hours. Immutable.
 *
 * @param from the beginning of the range that was really covered
 * @param to its end; not later than when it was asked for
 * @param since the beginning of the oldest figures that there are; null if there are none
 * @param byKind every kind, those of which nothing was observed too
 * @param metrics what was sampled, by name
 */
public record RecordedSummary(
        Instant from,
        Instant to,
        @Nullable Instant since,
        Map<Kind, RecordedFigures> byKind,
        List<RecordedMetric> metrics) {
    public RecordedSummary {
        byKind = new EnumMap<>(byKind);
        metrics = List.copyOf(metrics);
    }

    /** The length of the part of the range of which there are figures, in hours; 0 if there are none. */
    public double hours() {
        if (since == null || !since.isBefore(to)) {
            return 0;
        }
        return Duration.between(since.isAfter(from) ? since : from, to).toNanos() / 3.6e12;
    }
}
