package org.ergograph.history.query;

/**
 * What was sampled under one name over a range, on all nodes. Immutable.
 *
 * @param unit in UCUM
 * @param latest the mean of the newest interval
 * @param standardDeviation from the sketch: each value counts as its bucket's middle, which is within 1% of it
 */
public record RecordedMetric(
        String name,
        String unit,
        long count,
        double latest,
        double mean,
        double min,
        double max,
        double standardDeviation,
        Trend trend) {}
