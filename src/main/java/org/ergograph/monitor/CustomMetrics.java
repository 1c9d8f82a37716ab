package org.ergograph.monitor;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleConsumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.ergograph.observation.Meters;
import org.ergograph.observation.Metric;
import org.ergograph.observation.MetricType;
import org.ergograph.observation.ObservationSettings;
import org.jspecify.annotations.Nullable;

/**
 * Metrics that an application defines at run time, published as {@code mcp_custom_<name>}. The same name and shape (type,
 * labels, bounds) twice gives the same metric; another help text is no other shape. Injected as a bean; thread-safe. With
 * recording off they take values and publish nothing.
 *
 * <p>Bounded by {@code ergograph.series.max}: so many metrics, and so many sets of label values each; sets beyond share the one
 * whose values are all {@code other}.
 */
@Singleton
public class CustomMetrics {
    private static final String PREFIX = "mcp_custom_";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,99}");
    private static final Set<String> RESERVED = Set.of("le", "quantile", "tier", "mp_scope", "mp_app");

    private record Defined(Metric metric, Object handle) {}

    private final @Nullable Meters meters;
    private final int max;
    private final Map<String, Defined> defined = new HashMap<>();

    @Inject
    CustomMetrics(ObservationSettings settings, Instance<Meters> meters) {
        this(settings.maxSeriesPerKind(), settings.enabled() && meters.isResolvable() ? meters.get() : null);
    }

    CustomMetrics(int max, @Nullable Meters meters) {
        this.max = max;
        this.meters = meters;
    }

    /**
     * A total that only grows.
     *
     * @param name {@code [a-z][a-z0-9_]{0,99}}; {@code _total} is added where it is missing
     * @param help one sentence that says what it is
     * @param labels the names of its labels, of the same form
     * @throws IllegalArgumentException if a name is not allowed, or the name is taken by a metric of another shape
     * @throws IllegalStateException if there is no room for another metric
     */
    public CustomCounter counter(String name, String help, String... labels) {
        String full = name.endsWith("_total") ? name : name + "_total";
        return define(CustomCounter.class, full, MetricType.COUNTER, help, List.of(), labels, this::counter);
    }

    /**
     * A value that goes up and down.
     *
     * @param name {@code [a-z][a-z0-9_]{0,99}}, the unit last
     * @param help one sentence that says what it is
     * @param labels the names of its labels, of the same form
     * @throws IllegalArgumentException if a name is not allowed, or the name is taken by a metric of another shape
     * @throws IllegalStateException if there is no room for another metric
     */
    public CustomGauge gauge(String name, String help, String... labels) {
        return define(CustomGauge.class, name, MetricType.GAUGE, help, List.of(), labels, this::gauge);
    }

    /**
     * A distribution over fixed bucket bounds.
     *
     * @param name {@code [a-z][a-z0-9_]{0,99}}, the unit last
     * @param help one sentence that says what it is
     * @param bounds the inclusive upper bounds of the buckets, ascending, at least one, in the unit of the name; multiples
     *     of 0.001 if the name ends in {@code _seconds}, whole numbers otherwise
     * @param labels the names of its labels, of the same form as the name
     * @throws IllegalArgumentException if a name or the bounds are not allowed, or the name is taken by a metric of another
     *     shape
     * @throws IllegalStateException if there is no room for another metric
     */
    public CustomHistogram histogram(String name, String help, List<Double> bounds, String... labels) {
        return define(CustomHistogram.class, name, MetricType.HISTOGRAM, help, bounds, labels, this::histogram);
    }

    private CustomCounter counter(Metric metric) {
        return new CustomCounter(new LabelSets<>(metric, max, values -> {
            LongAdder total = new LongAdder();
            if (meters != null) {
                meters.counter(metric, total::sum, values);
            }
            return total;
        }));
    }

    private CustomGauge gauge(Metric metric) {
        return new CustomGauge(new LabelSets<>(metric, max, values -> {
            Level level = new Level();
            if (meters != null) {
                meters.gauge(metric, level::value, values);
            }
            return level;
        }));
    }

    private CustomHistogram histogram(Metric metric) {
        if (meters != null) {
            meters.announce(metric);
        }
        return new CustomHistogram(new LabelSets<DoubleConsumer>(
                metric, max, values -> meters == null ? value -> {} : meters.histogram(metric, values)));
    }

    private synchronized <T> T define(
            Class<T> handle,
            String name,
            MetricType type,
            String help,
            List<Double> bounds,
            String[] labels,
            Function<Metric, T> make) {
        check(name, labels, bounds);
        Metric metric = new Metric(PREFIX + name, type, help, List.of(labels), bounds);
        Defined before = defined.get(metric.name());
        if (before != null) {
            if (!shape(before.metric()).equals(shape(metric))) {
                throw new IllegalArgumentException("%s is taken by %s: refused as %s"
                        .formatted(metric.name(), shape(before.metric()), shape(metric)));
            }
            return handle.cast(before.handle());
        }
        if (defined.size() >= max) {
            throw new IllegalStateException(
                    "no room for %s: there are %d custom metrics".formatted(metric.name(), max));
        }
        T made = make.apply(metric);
        defined.put(metric.name(), new Defined(metric, made));
        return made;
    }

    private static void check(String name, String[] labels, List<Double> bounds) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("metric name '%s': must match %s".formatted(shown(name), NAME));
        }
        for (String label : labels) {
            if (!NAME.matcher(label).matches() || RESERVED.contains(label)) {
                throw new IllegalArgumentException("label name '%s' of %s: must match %s and be none of %s"
                        .formatted(shown(label), name, NAME, RESERVED));
            }
        }
        if (new HashSet<>(List.of(labels)).size() != labels.length) {
            throw new IllegalArgumentException("labels %s of %s: each once only".formatted(List.of(labels), name));
        }
        for (double bound : bounds) {
            if (!Double.isFinite(bound)) {
                throw new IllegalArgumentException("bounds %s of %s: must be finite".formatted(bounds, name));
            }
        }
    }

    private static String shown(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "...";
    }

    private static String shape(Metric metric) {
        return "%s with labels %s and bounds %s".formatted(metric.type(), metric.labels(), metric.bounds());
    }
}
