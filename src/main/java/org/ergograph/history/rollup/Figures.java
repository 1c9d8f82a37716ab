package org.ergograph.history.rollup;

import org.ergograph.window.Distribution;
import org.ergograph.window.ValueDistribution;
import org.jspecify.annotations.Nullable;

/**
 * What rows of one series add up to: durations or samples, the other of which is empty. As columns, the figures of the one that
 * is empty are null. Immutable.
 */
record Figures(Distribution durations, ValueDistribution values) {
    static final Figures NONE = new Figures(Distribution.empty(), ValueDistribution.empty());

    static Figures of(Distribution durations) {
        return new Figures(durations, ValueDistribution.empty());
    }

    static Figures of(ValueDistribution values) {
        return new Figures(Distribution.empty(), values);
    }

    private boolean sampled() {
        return durations.count() == 0;
    }

    long count() {
        return sampled() ? values.count() : durations.count();
    }

    long errors() {
        return durations.errors();
    }

    @Nullable
    Long sumNanos() {
        return sampled() ? null : (Long) durations.sumNanos();
    }

    @Nullable
    Long minNanos() {
        return sampled() ? null : (Long) durations.minNanos();
    }

    @Nullable
    Long maxNanos() {
        return sampled() ? null : (Long) durations.maxNanos();
    }

    @Nullable
    Double valueSum() {
        return sampled() ? (Double) values.sum() : null;
    }

    @Nullable
    Double valueMin() {
        return sampled() ? (Double) values.min().orElse(0) : null;
    }

    @Nullable
    Double valueMax() {
        return sampled() ? (Double) values.max().orElse(0) : null;
    }

    byte[] sketch() {
        return sampled() ? values.compact() : durations.compact();
    }
}
