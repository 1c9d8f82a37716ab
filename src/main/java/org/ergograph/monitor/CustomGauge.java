package org.ergograph.monitor;

/** A value of the application's own, which goes up and down. Thread-safe. */
public final class CustomGauge {
    private final LabelSets<Level> sets;

    CustomGauge(LabelSets<Level> sets) {
        this.sets = sets;
    }

    /**
     * Says what it is now.
     *
     * @param labelValues one for each label, in their order
     * @throws IllegalArgumentException if there are more or fewer values than labels
     */
    public void set(double value, String... labelValues) {
        sets.of(labelValues).set(value);
    }

    /**
     * Changes it by so much.
     *
     * @param labelValues one for each label, in their order
     * @throws IllegalArgumentException if there are more or fewer values than labels
     */
    public void add(double change, String... labelValues) {
        sets.of(labelValues).add(change);
    }
}
