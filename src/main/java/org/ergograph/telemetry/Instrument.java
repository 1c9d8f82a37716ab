package org.ergograph.telemetry;

import java.time.Duration;
import org.eclipse.microprofile.metrics.Histogram;
import org.eclipse.microprofile.metrics.Timer;

/** A MicroProfile histogram or timer, fed with whole numbers: nanoseconds if the metric is in seconds. */
@FunctionalInterface
interface Instrument {
    /** Adds the same value so many times. */
    void update(long value, long times);

    static Instrument of(Histogram histogram) {
        return (value, times) -> {
            for (long i = 0; i < times; i++) {
                histogram.update(value);
            }
        };
    }

    static Instrument of(Timer timer) {
        return (value, times) -> {
            Duration duration = Duration.ofNanos(value);
            for (long i = 0; i < times; i++) {
                timer.update(duration);
            }
        };
    }

    /**
     * Adds so many values with this sum. Where all the values of the sum lay within a bucket, so do those that are added:
     * they are the mean, rounded down for some and up for the others, so that the sum is met.
     */
    default void replay(long count, long sum) {
        long mean = sum / count;
        long above = sum % count;
        update(mean, count - above);
        if (above > 0) {
            update(mean + 1, above);
        }
    }
}
