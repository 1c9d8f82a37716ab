package org.ergograph.history.query;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.ergograph.window.Distribution;
import org.ergograph.window.ValueDistribution;

/**
 * What durations (in seconds) or samples (in their unit) of a time amount to. Immutable.
 *
 * @param count at least 1, exact
 * @param errors exact; 0 for samples
 * @param mean exact
 * @param min exact
 * @param max exact
 * @param standardDeviation of samples, as exact as the quantiles are; 0 for durations
 * @param quantiles those that were asked for, in their order
 */
record Figures(
        long count,
        long errors,
        double mean,
        double min,
        double max,
        double standardDeviation,
        List<Double> quantiles) {
    private static final double NANOS = 1e9;

    /** Turns a share into a value. */
    private interface Quantile {
        OptionalDouble at(double q);
    }

    static Figures of(Distribution durations, double[] quantiles) {
        double min = durations.minNanos() / NANOS;
        double max = durations.maxNanos() / NANOS;
        return new Figures(
                durations.count(),
                durations.errors(),
                durations.meanSeconds().orElse(0),
                min,
                max,
                0,
                at(quantiles, min, max, durations::quantileSeconds));
    }

    static Figures of(ValueDistribution values, double[] quantiles) {
        double min = values.min().orElse(0);
        double max = values.max().orElse(0);
        return new Figures(
                values.count(),
                0,
                values.mean().orElse(0),
                min,
                max,
                values.standardDeviation().orElse(0),
                at(quantiles, min, max, values::quantile));
    }

    private static List<Double> at(double[] shares, double min, double max, Quantile quantile) {
        List<Double> values = new ArrayList<>(shares.length);
        for (double share : shares) {
            // The ends are known exactly.
            values.add(share <= 0 ? min : share >= 1 ? max : quantile.at(share).orElse(0));
        }
        return values;
    }
}
