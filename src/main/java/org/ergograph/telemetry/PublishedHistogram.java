package org.ergograph.telemetry;

import java.util.function.DoubleConsumer;
import java.util.function.Supplier;
import org.ergograph.observation.Metric;
import org.jspecify.annotations.Nullable;

/** Takes values of a histogram, wait-free, until they are published; values below 0 and NaN are left out. */
final class PublishedHistogram implements DoubleConsumer {
    private final Metric metric;
    private final Distribution values;
    private final Supplier<PublishedDistribution> published;
    private @Nullable PublishedDistribution distribution;

    /** @param published makes the distribution; called when there is a first value to publish */
    PublishedHistogram(Metric metric, Supplier<PublishedDistribution> published) {
        this.metric = metric;
        this.values = new Distribution(Bounds.of(metric));
        this.published = published;
    }

    @Override
    public void accept(double value) {
        if (value >= 0) {
            values.record(Bounds.scale(metric, value));
        }
    }

    void publish() {
        values.drain((bucket, count, sum) -> {
            PublishedDistribution into = distribution == null ? published.get() : distribution;
            distribution = into;
            into.add(bucket, count, sum);
        });
    }
}
