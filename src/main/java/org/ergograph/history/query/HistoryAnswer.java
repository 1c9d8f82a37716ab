package org.ergograph.history.query;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the rollups answered. Immutable.
 *
 * @param pieces which tier answered which part of the range, in order; empty if nothing of it is held
 * @param now when it was answered: nothing later is in it
 * @param since the beginning of the oldest figures that there are at all; null if there are none
 * @param items by kind, name and node; only those with at least one observation or sample
 */
record HistoryAnswer(
        HistoryRequest request,
        List<Piece> pieces,
        Instant now,
        @Nullable Instant since,
        List<Item> items) {
    /**
     * A group of series.
     *
     * @param nodes the names of the nodes from which its figures come
     * @param points in order; one for the whole range unless a step was asked for
     */
    record Item(Group group, List<String> nodes, List<Point> points) {}

    /**
     * The figures of a time.
     *
     * @param from inclusive
     * @param to exclusive; not later than the range that is covered
     */
    record Point(Instant from, Instant to, Figures figures) {
        /** Observations a second, of the time that has passed. */
        double ratePerSecond(Instant now) {
            Instant end = to.isAfter(now) ? now : to;
            return figures.count() / Math.max(1.0, Duration.between(from, end).toNanos() / 1e9);
        }
    }

    HistoryAnswer {
        pieces = List.copyOf(pieces);
        items = List.copyOf(items);
    }

    /** The beginning of what was really covered; empty if nothing was. */
    Optional<Instant> coveredFrom() {
        return pieces.isEmpty() ? Optional.empty() : Optional.of(pieces.get(0).from());
    }

    /** The end of what was really covered; empty if nothing was. */
    Optional<Instant> coveredTo() {
        return pieces.isEmpty()
                ? Optional.empty()
                : Optional.of(pieces.get(pieces.size() - 1).to());
    }
}
