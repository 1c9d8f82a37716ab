package org.ergograph.observation;

import java.util.function.DoubleConsumer;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Publishes counters, gauges and distributions that are not observations. Counters and gauges are read from time to time, off
 * the threads that change them. Asking for the same metric and label values again replaces what is read. Label values are
 * sanitised; the number of label sets of one metric is bounded as that of series is. Thread-safe.
 */
public interface Meters {
    /**
     * Publishes a total.
     *
     * @param total read from time to time; never goes down
     * @throws IllegalArgumentException if the metric is no counter or the label values are not as many as its labels
     */
    void counter(Metric metric, LongSupplier total, String... labelValues);

    /**
     * Publishes a value.
     *
     * @param value read at every scrape; NaN where it is not known
     * @throws IllegalArgumentException if the metric is no gauge or the label values are not as many as its labels
     */
    void gauge(Metric metric, DoubleSupplier value, String... labelValues);

    /**
     * Announces a histogram before its first label values are known: a server may read bucket bounds once only, when the
     * application's first histogram is published, and gives its own to what is announced later.
     *
     * @throws IllegalArgumentException if the bounds cannot be published: those of a metric in seconds must be positive
     *     multiples of a millisecond, others positive whole numbers
     */
    default void announce(Metric histogram) {}

    /**
     * Publishes a distribution.
     *
     * @return takes the values, in the unit of the metric's name; wait-free. Those of a metric that is not in seconds are
     *     rounded to whole numbers; negative ones and NaN are left out
     * @throws IllegalArgumentException if the metric is no histogram, the label values are not as many as its labels, or
     *     the bounds cannot be published (see {@link #announce})
     */
    DoubleConsumer histogram(Metric metric, String... labelValues);
}
