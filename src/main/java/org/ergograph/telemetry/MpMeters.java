package org.ergograph.telemetry;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleConsumer;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.ergograph.observation.Labels;
import org.ergograph.observation.Meters;
import org.ergograph.observation.Metric;
import org.ergograph.observation.MetricType;
import org.ergograph.observation.Metrics;
import org.ergograph.observation.ObservationSettings;
import org.ergograph.observation.Periodic;
import org.ergograph.observation.SeriesRegistry;

/**
 * Publishes meters as MicroProfile metrics. A metric has at most as many label sets as a kind has series; what comes after
 * shares a set whose values are all {@code other}, and is counted under the kind {@value #KIND}.
 */
@Singleton
class MpMeters implements Meters, Periodic {
    static final String KIND = "meter";

    private record Key(String metric, List<String> values) {}

    private final Instruments instruments;
    private final int maxLabelSets;
    private final Duration interval;
    private final LongAdder overflow = new LongAdder();
    private final Map<String, Integer> labelSets = new ConcurrentHashMap<>();
    private final Map<Key, PolledCounter> counters = new ConcurrentHashMap<>();
    private final Map<Key, PolledGauge> gauges = new ConcurrentHashMap<>();
    private final Map<Key, PublishedHistogram> histograms = new ConcurrentHashMap<>();

    @Inject
    MpMeters(ObservationSettings settings, Instruments instruments) {
        this.instruments = instruments;
        this.maxLabelSets = settings.maxSeriesPerKind();
        this.interval = settings.metricsInterval();
        counter(Metrics.SERIES_OVERFLOW, overflow::sum, KIND);
    }

    @Override
    public synchronized void counter(Metric metric, LongSupplier total, String... labelValues) {
        check(metric, MetricType.COUNTER, labelValues);
        Key wanted = key(metric, labelValues);
        Key key = bounded(metric, wanted, counters);
        counters.computeIfAbsent(key, made -> new PolledCounter(instruments.counter(metric, made.values)))
                .read(total, !key.equals(wanted) ? maxLabelSets : 1);
    }

    @Override
    public synchronized void gauge(Metric metric, DoubleSupplier value, String... labelValues) {
        check(metric, MetricType.GAUGE, labelValues);
        Key key = bounded(metric, key(metric, labelValues), gauges);
        PolledGauge known = gauges.get(key);
        if (known == null) {
            known = new PolledGauge(value);
            gauges.put(key, known);
            instruments.gauge(metric, known, key.values);
        } else {
            known.read(value);
        }
    }

    @Override
    public void announce(Metric histogram) {
        Bounds.check(histogram);
        BucketConfigSource.declare(histogram);
    }

    @Override
    public synchronized DoubleConsumer histogram(Metric metric, String... labelValues) {
        check(metric, MetricType.HISTOGRAM, labelValues);
        announce(metric);
        Key key = bounded(metric, key(metric, labelValues), histograms);
        return histograms.computeIfAbsent(
                key, made -> new PublishedHistogram(metric, () -> instruments.distribution(metric, made.values)));
    }

    private static void check(Metric metric, MetricType type, String... labelValues) {
        if (metric.type() != type) {
            throw new IllegalArgumentException(
                    "%s is a %s: must be a %s".formatted(metric.name(), metric.type(), type));
        }
        if (labelValues.length != metric.labels().size()) {
            throw new IllegalArgumentException(
                    "%d values for %s: must be %s".formatted(labelValues.length, metric.name(), metric.labels()));
        }
    }

    private static Key key(Metric metric, String... labelValues) {
        List<String> clean = new ArrayList<>(labelValues.length);
        for (String value : labelValues) {
            clean.add(Labels.sanitize(value));
        }
        return new Key(metric.name(), clean);
    }

    /** The key itself if it is known or there is room for it, otherwise the metric's key for what has no room. */
    private Key bounded(Metric metric, Key key, Map<Key, ?> known) {
        if (known.containsKey(key)) {
            return key;
        }
        int used = labelSets.getOrDefault(metric.name(), 0);
        if (used < maxLabelSets) {
            labelSets.put(metric.name(), used + 1);
            return key;
        }
        overflow.increment();
        return new Key(metric.name(), Collections.nCopies(metric.labels().size(), SeriesRegistry.OTHER));
    }

    @Override
    public Duration interval() {
        return interval;
    }

    /**
     * Brings the published counters and histograms up to date, each even if another fails.
     *
     * @throws RuntimeException the first failure
     */
    @Override
    public synchronized void run() {
        Failures failures = new Failures();
        counters.values().forEach(counter -> failures.collect(counter::publish));
        histograms.values().forEach(histogram -> failures.collect(histogram::publish));
        failures.rethrow();
    }

    @Override
    public void stop() {
        run();
    }
}
