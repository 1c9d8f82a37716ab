package org.ergograph.observation;

/** The shape of a metric. */
public enum MetricType {
    /** A total that only grows. */
    COUNTER,
    /** A value that goes up and down. */
    GAUGE,
    /** A distribution over fixed bucket bounds. */
    HISTOGRAM
}
