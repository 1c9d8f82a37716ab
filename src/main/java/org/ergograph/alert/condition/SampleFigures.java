package org.ergograph.alert.condition;

import org.ergograph.window.ValueDistribution;

/** The figures of the samples of one name. Not thread-safe. */
final class SampleFigures extends Figures {
    private final ValueDistribution values;

    SampleFigures(boolean known, ValueDistribution values) {
        super(known);
        this.values = values;
    }

    @Override
    long count() {
        return values.count();
    }

    @Override
    double compute(Measure measure) {
        return switch (measure) {
            case COUNT -> values.count();
            case MEAN -> values.mean().orElse(Double.NaN);
            case MIN -> values.min().orElse(Double.NaN);
            case MAX -> values.max().orElse(Double.NaN);
            case P50, P90, P95, P99 -> values.quantile(measure.quantile()).orElse(Double.NaN);
            default -> throw new IllegalStateException("samples have no " + measure.word());
        };
    }
}
