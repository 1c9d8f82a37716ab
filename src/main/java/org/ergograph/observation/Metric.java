package org.ergograph.observation;

import java.util.List;

/**
 * The definition of a metric family. Immutable.
 *
 * @param name the name as scraped, unit and {@code _total} included
 * @param type its shape
 * @param help one sentence that says what it is, unit included
 * @param labels the names of its labels, in the order in which their values are given
 * @param bounds the inclusive upper bounds of a histogram's buckets, ascending, in the unit of the name; empty otherwise
 */
public record Metric(String name, MetricType type, String help, List<String> labels, List<Double> bounds) {
    public Metric {
        labels = List.copyOf(labels);
        bounds = List.copyOf(bounds);
        if ((type == MetricType.HISTOGRAM) == bounds.isEmpty()) {
            throw new IllegalArgumentException(name + ": a histogram has bounds, and nothing else has");
        }
        for (int i = 1; i < bounds.size(); i++) {
            if (!(bounds.get(i - 1) < bounds.get(i))) {
                throw new IllegalArgumentException(name + ": bounds " + bounds + " must ascend");
            }
        }
    }

    /** Whether values are times in seconds. */
    public boolean inSeconds() {
        return name.endsWith("_seconds");
    }

    static Metric counter(String name, String help, String... labels) {
        return new Metric(name, MetricType.COUNTER, help, List.of(labels), List.of());
    }

    static Metric gauge(String name, String help, String... labels) {
        return new Metric(name, MetricType.GAUGE, help, List.of(labels), List.of());
    }

    static Metric histogram(String name, String help, List<Double> bounds, String... labels) {
        return new Metric(name, MetricType.HISTOGRAM, help, List.of(labels), bounds);
    }
}
