package org.ergograph.history.query;

import java.time.Instant;
import java.util.OptionalDouble;

/**
 * What the rollups of some series over a range amount to. Immutable; times are seconds, and empty where nothing was observed.
 *
 * @param count how many observations, exactly
 * @param errors how many of them were errors, exactly
 * @param p50Seconds within {@link org.ergograph.window.Distribution#RELATIVE_ERROR}, as are the other percentiles
 * @param from the beginning of the range that was really covered
 * @param to its end
 */
public record RecordedFigures(
        long count,
        long errors,
        OptionalDouble meanSeconds,
        OptionalDouble p50Seconds,
        OptionalDouble p95Seconds,
        OptionalDouble p99Seconds,
        OptionalDouble maxSeconds,
        Instant from,
        Instant to) {
    /** The figures of nothing. */
    static RecordedFigures none(Instant from, Instant to) {
        OptionalDouble none = OptionalDouble.empty();
        return new RecordedFigures(0, 0, none, none, none, none, none, from, to);
    }

    /** @param figures with the 50th, 95th and 99th percentile */
    static RecordedFigures of(Figures figures, Instant from, Instant to) {
        return new RecordedFigures(
                figures.count(),
                figures.errors(),
                OptionalDouble.of(figures.mean()),
                OptionalDouble.of(figures.quantiles().get(0)),
                OptionalDouble.of(figures.quantiles().get(1)),
                OptionalDouble.of(figures.quantiles().get(2)),
                OptionalDouble.of(figures.max()),
                from,
                to);
    }
}
