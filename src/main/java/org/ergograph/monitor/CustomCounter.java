package org.ergograph.monitor;

import java.util.concurrent.atomic.LongAdder;

/** A total of the application's own, which only grows. Thread-safe, wait-free once its label values are known. */
public final class CustomCounter {
    private final LabelSets<LongAdder> sets;

    CustomCounter(LabelSets<LongAdder> sets) {
        this.sets = sets;
    }

    /**
     * Adds one.
     *
     * @param labelValues one for each label, in their order
     * @throws IllegalArgumentException if there are more or fewer values than labels
     */
    public void increment(String... labelValues) {
        sets.of(labelValues).increment();
    }

    /**
     * Adds to it.
     *
     * @param amount not negative
     * @param labelValues one for each label, in their order
     * @throws IllegalArgumentException if the amount is negative, or there are more or fewer values than labels
     */
    public void add(long amount, String... labelValues) {
        if (amount < 0) {
            throw new IllegalArgumentException("amount is " + amount + ": must not be negative");
        }
        sets.of(labelValues).add(amount);
    }
}
