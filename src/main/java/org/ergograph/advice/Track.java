package org.ergograph.advice;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The samples of one metric, as figures and as a bounded number of points, each the sum of as many samples. Not thread-safe. */
final class Track {
    /** How many points there are at most, however many samples. */
    static final int MAX_POINTS = 40;

    /** Figures of some samples that follow each other; at is that of the first. */
    static final class Span {
        private final Instant at;
        private int count;
        private double sum;
        private double min = Double.POSITIVE_INFINITY;
        private double max = Double.NEGATIVE_INFINITY;

        private Span(Instant at) {
            this.at = at;
        }

        private void add(double value) {
            count++;
            sum += value;
            min = Math.min(min, value);
            max = Math.max(max, value);
        }

        Instant at() {
            return at;
        }

        int count() {
            return count;
        }

        OptionalDouble mean() {
            return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / count);
        }

        OptionalDouble min() {
            return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(min);
        }

        OptionalDouble max() {
            return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(max);
        }
    }

    private final Watched metric;
    private final @Nullable Double threshold;
    private final int perPoint;
    private final Span all = new Span(Instant.EPOCH);
    private final List<Span> points = new ArrayList<>();
    private int ticks;
    private int over;
    private @Nullable Instant firstOver;

    /**
     * @param threshold what no sample may exceed; null if none is given
     * @param samples how many samples are expected
     */
    Track(Watched metric, @Nullable Double threshold, int samples) {
        this.metric = metric;
        this.threshold = threshold;
        this.perPoint = (samples + MAX_POINTS - 1) / MAX_POINTS;
    }

    void add(Tick tick) {
        if (ticks++ % perPoint == 0) {
            points.add(new Span(tick.at()));
        }
        metric.of(tick).ifPresent(value -> {
            all.add(value);
            points.get(points.size() - 1).add(value);
            if (threshold != null && value > threshold) {
                over++;
                firstOver = firstOver == null ? tick.at() : firstOver;
            }
        });
    }

    Watched metric() {
        return metric;
    }

    @Nullable
    Double threshold() {
        return threshold;
    }

    /** How many samples make one point. */
    int perPoint() {
        return perPoint;
    }

    /** All samples that had a value. */
    Span all() {
        return all;
    }

    List<Span> points() {
        return points;
    }

    /** How many samples were over the threshold. */
    int over() {
        return over;
    }

    @Nullable
    Instant firstOver() {
        return firstOver;
    }
}
