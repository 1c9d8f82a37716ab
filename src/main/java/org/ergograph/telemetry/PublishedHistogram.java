package org.ergograph.telemetry;

import java.util.function.DoubleConsumer;
import org.ergograph.observation.Metric;

/** Takes values of a histogram, wait-free, until they are published; values below 0 and NaN are left out. */
final class PublishedHistogram implements DoubleConsumer {
    private final Metric metric;
    private final Instrument instrument;
    private final Distribution values;

    PublishedHistogram(Metric metric, Instrument instrument, long[] bounds) {
        this.metric = metric;
        this.instrument = instrument;
        this.values = new Distribution(bounds);
    }

    @Override
    public void accept(double value) {
        if (value >= 0) {
            values.record(Bounds.scale(metric, value));
        }
    }

    void publish() {
        values.drain((bucket, count, sum) -> instrument.replay(count, sum));
    }
}
