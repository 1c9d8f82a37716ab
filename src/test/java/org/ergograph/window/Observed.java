package org.ergograph.window;

import org.ergograph.observation.Observation;
import org.ergograph.observation.Series;
import org.jspecify.annotations.Nullable;

/** Observations in which nothing but series, duration and outcome matters. */
final class Observed {
    private Observed() {}

    static Observation success(Series series, long nanos) {
        return observation(series, nanos, null);
    }

    static Observation error(Series series, long nanos) {
        return observation(series, nanos, "IllegalStateException");
    }

    private static Observation observation(Series series, long nanos, @Nullable String errorType) {
        return new Observation(series, 0, nanos, 0, errorType, 1, 1, null, -1, -1, -1, false, false);
    }
}
