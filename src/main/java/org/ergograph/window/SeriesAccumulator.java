package org.ergograph.window;

import org.ergograph.observation.Series;

/** The accumulator of a series. */
final class SeriesAccumulator extends Accumulator {
    private final Series series;

    /** @param stripes a power of two */
    SeriesAccumulator(Series series, int stripes) {
        super(stripes);
        this.series = series;
    }

    Series series() {
        return series;
    }
}
