package org.ergograph.telemetry;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Histogram;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.Snapshot;
import org.eclipse.microprofile.metrics.Tag;
import org.eclipse.microprofile.metrics.Timer;
import org.ergograph.observation.Metric;

/**
 * Makes MicroProfile instruments that come out under exactly the names, labels and bounds of our metrics. Thread-safe, not
 * for the hot path.
 */
@Singleton
class Instruments {
    private static final System.Logger LOG = System.getLogger(Instruments.class.getName());
    private static final String SECONDS = "_seconds";

    private final MetricRegistry registry;
    private final Set<String> compared = new HashSet<>();
    private final Map<Metric, Map<List<String>, PublishedDistribution>> distributions = new HashMap<>();

    @Inject
    Instruments(MetricRegistry registry) {
        this.registry = registry;
    }

    /** The name to give the registry, which appends the unit of timers. */
    static String nameOf(Metric metric) {
        String name = metric.name();
        return metric.inSeconds() && !metric.bounds().isEmpty()
                ? name.substring(0, name.length() - SECONDS.length())
                : name;
    }

    // One at a time: not every server's registry bears concurrent registration.
    synchronized Counter counter(Metric metric, List<String> values) {
        return registry.counter(metadata(metric), tags(metric, values));
    }

    synchronized void gauge(Metric metric, Supplier<Double> value, List<String> values) {
        registry.gauge(metadata(metric), value, tags(metric, values));
    }

    synchronized PublishedDistribution distribution(Metric metric, List<String> values) {
        return distributions
                .computeIfAbsent(metric, name -> new LinkedHashMap<>())
                .computeIfAbsent(values, made -> new PublishedDistribution(metric, made, instrument(metric, made)));
    }

    /** What was made of histograms until now. */
    synchronized Map<Metric, Collection<PublishedDistribution>> distributions() {
        Map<Metric, Collection<PublishedDistribution>> copy = new HashMap<>();
        distributions.forEach((metric, made) -> copy.put(metric, List.copyOf(made.values())));
        return copy;
    }

    private Instrument instrument(Metric metric, List<String> values) {
        BucketConfigSource.declare(metric);
        if (metric.inSeconds()) {
            Timer timer = registry.timer(metadata(metric), tags(metric, values));
            compare(metric, timer::getSnapshot);
            return Instrument.of(timer);
        }
        Histogram histogram = registry.histogram(metadata(metric), tags(metric, values));
        compare(metric, histogram::getSnapshot);
        return Instrument.of(histogram);
    }

    /**
     * Warns, once a metric, if the server has other bounds than it was given: it may have read its configuration before the
     * metric was announced. Count and sum are exact all the same; a value is then counted where the mean of our bucket falls.
     */
    private void compare(Metric metric, Supplier<Snapshot> instrument) {
        if (!compared.add(metric.name())) {
            return;
        }
        long[] actual = Arrays.stream(instrument.get().bucketValues())
                .mapToDouble(Snapshot.HistogramBucket::getBucket)
                .filter(Double::isFinite)
                .mapToLong(Math::round)
                .sorted()
                .toArray();
        if (!Arrays.equals(Bounds.of(metric), actual)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    () -> "%s has the bucket bounds %s, not the declared %s: announced after the server read them"
                            .formatted(metric.name(), Arrays.toString(actual), Arrays.toString(Bounds.of(metric))));
        }
    }

    private static Metadata metadata(Metric metric) {
        return Metadata.builder()
                .withName(nameOf(metric))
                .withDescription(metric.help())
                .withUnit(metric.bounds().isEmpty() || !metric.inSeconds() ? MetricUnits.NONE : MetricUnits.SECONDS)
                .build();
    }

    private static Tag[] tags(Metric metric, List<String> values) {
        Tag[] tags = new Tag[values.size()];
        for (int i = 0; i < tags.length; i++) {
            tags[i] = new Tag(metric.labels().get(i), values.get(i));
        }
        return tags;
    }
}
