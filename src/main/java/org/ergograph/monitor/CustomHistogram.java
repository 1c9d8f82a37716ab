package org.ergograph.monitor;

import java.util.function.DoubleConsumer;

/** A distribution of the application's own. Thread-safe, wait-free once its label values are known. */
public final class CustomHistogram {
    private final LabelSets<DoubleConsumer> sets;

    CustomHistogram(LabelSets<DoubleConsumer> sets) {
        this.sets = sets;
    }

    /**
     * Takes a value.
     *
     * @param value in the unit that the metric's name says; what is not finite is not taken
     * @param labelValues one for each label, in their order
     * @throws IllegalArgumentException if there are more or fewer values than labels
     */
    public void record(double value, String... labelValues) {
        DoubleConsumer histogram = sets.of(labelValues);
        if (Double.isFinite(value)) {
            histogram.accept(value);
        }
    }
}
