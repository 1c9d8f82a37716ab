package org.ergograph.alert.condition;

import java.util.ArrayList;
import java.util.List;
import org.ergograph.window.Distribution;
import org.jspecify.annotations.Nullable;

/** The figures of some series together. Only quantiles need their distributions to be merged. Not thread-safe. */
final class SeriesFigures extends Figures {
    private static final double NANOS = 1e9;

    private final double seconds;
    private final List<Distribution> parts = new ArrayList<>(1);
    private long count;
    private long errors;
    private double sumNanos;
    private long minNanos = Long.MAX_VALUE;
    private long maxNanos;
    private @Nullable Distribution merged;

    /** @param seconds what rates are divided by; 0 if nothing is known */
    SeriesFigures(double seconds) {
        super(seconds > 0);
        this.seconds = seconds;
    }

    /** Adds what one series has on one node; before any figure is asked for. */
    void add(Distribution part) {
        if (part.count() == 0) {
            return;
        }
        parts.add(part);
        count += part.count();
        errors += part.errors();
        sumNanos += part.sumNanos();
        minNanos = Math.min(minNanos, part.minNanos());
        maxNanos = Math.max(maxNanos, part.maxNanos());
    }

    @Override
    long count() {
        return count;
    }

    @Override
    double compute(Measure measure) {
        return switch (measure) {
            case COUNT -> count;
            case ERRORS -> errors;
            case RATE -> count / seconds;
            case ERRORS_PER_SECOND -> errors / seconds;
            case ERROR_RATE -> (double) errors / count;
            case MEAN -> sumNanos / NANOS / count;
            case MIN -> minNanos / NANOS;
            case MAX -> maxNanos / NANOS;
            case P50, P90, P95, P99 ->
                merged().quantileSeconds(measure.quantile()).orElse(Double.NaN);
        };
    }

    private Distribution merged() {
        Distribution all = merged;
        if (all == null) {
            all = parts.size() == 1 ? parts.get(0) : Distribution.merged(parts);
            merged = all;
        }
        return all;
    }
}
