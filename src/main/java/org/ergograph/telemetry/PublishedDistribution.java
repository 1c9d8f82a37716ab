package org.ergograph.telemetry;

import java.util.List;
import org.ergograph.observation.Metric;

/**
 * A distribution as published: the server's instrument, and the exact counts of what it was given. Thread-safe.
 */
final class PublishedDistribution {
    private final Metric metric;
    private final List<String> labelValues;
    private final Instrument instrument;
    private final long[] counts;
    private long sum;

    PublishedDistribution(Metric metric, List<String> labelValues, Instrument instrument) {
        this.metric = metric;
        this.labelValues = List.copyOf(labelValues);
        this.instrument = instrument;
        this.counts = new long[metric.bounds().size() + 1];
    }

    /** Adds so many values with this sum, all of which lay in the bucket. */
    synchronized void add(int bucket, long count, long sum) {
        instrument.replay(count, sum);
        counts[bucket] += count;
        this.sum += sum;
    }

    /** Writes it in Prometheus' text format, without the family's head. */
    synchronized void write(StringBuilder page) {
        StringBuilder labels = new StringBuilder();
        for (int i = 0; i < labelValues.size(); i++) {
            labels.append(metric.labels().get(i))
                    .append("=\"")
                    .append(labelValues.get(i))
                    .append("\",");
        }
        labels.append("mp_scope=\"application\"");
        long total = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            total += counts[bucket];
            String bound = bucket < metric.bounds().size()
                    ? metric.bounds().get(bucket).toString()
                    : "+Inf";
            line(page, "_bucket", labels + ",le=\"" + bound + '"', Long.toString(total));
        }
        line(page, "_sum", labels.toString(), Double.toString(Bounds.unscale(metric, sum)));
        line(page, "_count", labels.toString(), Long.toString(total));
    }

    private void line(StringBuilder page, String suffix, String labels, String value) {
        page.append(metric.name())
                .append(suffix)
                .append('{')
                .append(labels)
                .append("} ")
                .append(value)
                .append('\n');
    }
}
