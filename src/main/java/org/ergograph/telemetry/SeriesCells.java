package org.ergograph.telemetry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.metrics.Counter;
import org.ergograph.observation.Kind;
import org.ergograph.observation.Labels;
import org.ergograph.observation.Metric;
import org.ergograph.observation.Observation;
import org.ergograph.observation.Series;
import org.ergograph.observation.SeriesRegistry;
import org.jspecify.annotations.Nullable;

/**
 * What a series gathers until it is published. {@link #record} is thread-safe, wait-free and allocates nothing once an
 * outcome was seen; {@link #publish} by one thread at a time.
 */
final class SeriesCells {
    private static final String SUCCESS = "success";
    private static final String ERROR = "error";
    private static final int MAX_ERROR_TYPES = 50;
    private static final int FIRST_STATUS = 100;
    private static final String[] STATUS = new String[500];

    static {
        for (int i = 0; i < STATUS.length; i++) {
            STATUS[i] = Integer.toString(FIRST_STATUS + i);
        }
    }

    private final Series series;
    private final Family family;
    private final boolean http;
    private final Outcomes outcomes;
    private final Distribution duration;
    private final @Nullable LabelCounts errorTypes;
    private final @Nullable Distribution requestBytes;
    private final @Nullable Distribution responseBytes;
    private final @Nullable Distribution allocatedBytes;
    private final Map<Metric, PublishedDistribution> published = new ConcurrentHashMap<>();
    private final Map<String, Counter> outcomeCounters = new ConcurrentHashMap<>();
    private final Map<String, Counter> errorCounters = new ConcurrentHashMap<>();

    SeriesCells(Series series, Family family) {
        this.series = series;
        this.family = family;
        this.http = series.kind() == Kind.HTTP;
        this.outcomes = new Outcomes(http ? STATUS.length : 2);
        this.duration = new Distribution(Bounds.of(family.duration()));
        this.errorTypes = family.errors() == null ? null : new LabelCounts(MAX_ERROR_TYPES);
        this.requestBytes = distribution(family.requestSize());
        this.responseBytes = distribution(family.responseSize());
        this.allocatedBytes = distribution(family.allocated());
    }

    private static @Nullable Distribution distribution(@Nullable Metric metric) {
        return metric == null ? null : new Distribution(Bounds.of(metric));
    }

    void record(Observation observation) {
        String errorType = observation.errorType();
        if (http) {
            outcomes.count(status(observation.status()));
        } else {
            outcomes.count(errorType == null ? SUCCESS : ERROR);
            if (errorType != null && errorTypes != null) {
                errorTypes.increment(errorType);
            }
        }
        record(requestBytes, observation.requestBytes());
        record(responseBytes, observation.responseBytes());
        record(allocatedBytes, observation.allocatedBytes());
        duration.record(observation.durationNanos());
    }

    private static void record(@Nullable Distribution distribution, long bytes) {
        if (bytes >= 0 && distribution != null) {
            distribution.record(bytes);
        }
    }

    private static String status(int status) {
        int position = status - FIRST_STATUS;
        return position >= 0 && position < STATUS.length ? STATUS[position] : SeriesRegistry.OTHER;
    }

    void publish(Instruments into) {
        long total = publish(into, family.duration(), duration);
        outcomes.drain(
                total,
                (outcome, count) -> outcomeCounters
                        .computeIfAbsent(outcome, label -> into.counter(family.total(), labels(family.total(), label)))
                        .inc(count));
        Metric errors = family.errors();
        if (errorTypes != null && errors != null) {
            errorTypes.drain((type, count) -> errorCounters
                    .computeIfAbsent(type, label -> into.counter(errors, labels(errors, Labels.sanitize(label))))
                    .inc(count));
        }
        publish(into, family.requestSize(), requestBytes);
        publish(into, family.responseSize(), responseBytes);
        publish(into, family.allocated(), allocatedBytes);
    }

    private long publish(Instruments into, @Nullable Metric metric, @Nullable Distribution distribution) {
        if (metric == null || distribution == null) {
            return 0;
        }
        long[] total = {0};
        distribution.drain((bucket, count, sum) -> {
            published
                    .computeIfAbsent(metric, wanted -> into.distribution(wanted, labels(wanted, "")))
                    .add(bucket, count, sum);
            total[0] += count;
        });
        return total[0];
    }

    /** The series' values of the metric's labels; the one that is no attribute of the series gets the given value. */
    private List<String> labels(Metric metric, String other) {
        Map<String, String> attributes = series.attributes();
        List<String> values = new ArrayList<>();
        for (String label : metric.labels()) {
            values.add(attributes.getOrDefault(label, other));
        }
        return values;
    }
}
