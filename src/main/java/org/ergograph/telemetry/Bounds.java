package org.ergograph.telemetry;

import java.math.BigDecimal;
import java.util.List;
import org.ergograph.observation.Metric;

/** How the bucket bounds of a metric look to accumulators, whole numbers, and to MicroProfile's configuration, text. */
final class Bounds {
    private static final double NANOS = 1e9;
    private static final double MILLIS = 1e3;

    private Bounds() {}

    /** In nanoseconds if the metric is in seconds, otherwise in its own unit. */
    static long[] of(Metric metric) {
        double factor = metric.inSeconds() ? NANOS : 1;
        return metric.bounds().stream()
                .mapToLong(bound -> Math.round(bound * factor))
                .toArray();
    }

    /** A value of the metric as the whole number that its accumulators take. */
    static long scale(Metric metric, double value) {
        return Math.round(metric.inSeconds() ? value * NANOS : value);
    }

    /** The inverse of {@link #scale}. */
    static double unscale(Metric metric, long value) {
        return metric.inSeconds() ? value / NANOS : value;
    }

    /**
     * Refuses what MicroProfile cannot express: bounds finer than a millisecond, or fractions of other units, because its
     * histograms take whole numbers.
     *
     * @throws IllegalArgumentException if a bound is not positive, not finite or too fine
     */
    static void check(Metric metric) {
        double factor = metric.inSeconds() ? MILLIS : 1;
        for (double bound : metric.bounds()) {
            double whole = Math.rint(bound * factor);
            if (!(whole >= 1 && whole <= 1e15) || Math.abs(bound * factor - whole) > 1e-6) {
                throw new IllegalArgumentException("%s: bound %s must be a positive whole number%s"
                        .formatted(
                                metric.name(),
                                bound,
                                metric.inSeconds()
                                        ? " of milliseconds"
                                        : ", because a histogram that is not in seconds takes whole numbers"));
            }
        }
    }

    /** The bounds as the value of MicroProfile's keys for buckets writes them. */
    static String text(boolean inSeconds, List<Double> bounds) {
        return bounds.stream()
                .map(bound -> inSeconds
                        ? Math.round(bound * MILLIS) + "ms"
                        : BigDecimal.valueOf(bound).toBigInteger().toString())
                .collect(java.util.stream.Collectors.joining(","));
    }
}
