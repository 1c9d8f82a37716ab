package org.ergograph.telemetry;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.ergograph.observation.Metric;
import org.ergograph.observation.MetricType;
import org.ergograph.observation.Metrics;
import org.jspecify.annotations.Nullable;

/**
 * Gives the server the bucket bounds of our histograms, and switches their quantiles off, beside whatever the application
 * itself says in the same keys. It outranks the other sources because it repeats what the highest of them says. Thread-safe.
 */
public final class BucketConfigSource implements ConfigSource {
    static final String HISTOGRAM_BUCKETS = "mp.metrics.distribution.histogram.buckets";
    static final String TIMER_BUCKETS = "mp.metrics.distribution.timer.buckets";
    static final String PERCENTILES = "mp.metrics.distribution.percentiles";

    private static final Set<String> KEYS = Set.of(HISTOGRAM_BUCKETS, TIMER_BUCKETS, PERCENTILES);
    private static final int ORDINAL = 10_000;

    /** For custom metrics that are declared after the server has read these keys for the last time. */
    private static final String CUSTOM_TIMER = custom(Bounds.text(true, Metrics.HTTP_DURATION.bounds()));

    private static final String CUSTOM_HISTOGRAM = custom("1,10,100,1000,10000,100000,1000000,10000000");
    private static final String CUSTOM_PERCENTILES = custom("");

    /** Histograms that are declared at run time, by name; the server makes this source, so CDI cannot hand them over. */
    private static final Map<String, Metric> DECLARED = new ConcurrentHashMap<>();

    static {
        Metrics.all().stream()
                .filter(metric -> metric.type() == MetricType.HISTOGRAM)
                .forEach(BucketConfigSource::declare);
    }

    /** Makes the bounds of this histogram known. */
    static void declare(Metric metric) {
        DECLARED.putIfAbsent(metric.name(), metric);
    }

    /** An entry for every custom metric, once as Payara reads it, a prefix, and once as Open Liberty does, a pattern. */
    private static String custom(String value) {
        return "mcp_custom_*=" + value + ";mcp_custom_.*=" + value;
    }

    @Override
    public Set<String> getPropertyNames() {
        return KEYS;
    }

    @Override
    public Map<String, String> getProperties() {
        return KEYS.stream().collect(Collectors.toMap(key -> key, BucketConfigSource::value));
    }

    @Override
    public int getOrdinal() {
        return ORDINAL;
    }

    @Override
    public @Nullable String getValue(String key) {
        return KEYS.contains(key) ? value(key) : null;
    }

    @Override
    public String getName() {
        return "Ergograph's histogram buckets";
    }

    private static String value(String key) {
        return value(key, theirs(key, ConfigProvider.getConfig().getConfigSources()));
    }

    /** What the highest of the other sources says; blank if none says anything. */
    static String theirs(String key, Iterable<ConfigSource> sources) {
        String value = "";
        int highest = Integer.MIN_VALUE;
        for (ConfigSource source : sources) {
            // By name, because a server may wrap the source or load another copy of it.
            if (source.getName() != null && source.getName().equals(new BucketConfigSource().getName())) {
                continue;
            }
            String theirs = source.getValue(key);
            if (theirs != null && source.getOrdinal() > highest) {
                value = theirs;
                highest = source.getOrdinal();
            }
        }
        return value.strip();
    }

    /** Ours and theirs in one: where several entries match a metric, servers take the last. */
    static String value(String key, String theirs) {
        String custom;
        String ours;
        switch (key) {
            case TIMER_BUCKETS -> {
                custom = CUSTOM_TIMER;
                ours = entries(Metric::inSeconds, true);
            }
            case HISTOGRAM_BUCKETS -> {
                custom = CUSTOM_HISTOGRAM;
                ours = entries(metric -> !metric.inSeconds(), true);
            }
            default -> {
                custom = CUSTOM_PERCENTILES;
                ours = entries(metric -> true, false);
            }
        }
        return custom + ";" + (theirs.isEmpty() ? "" : theirs + ";") + ours;
    }

    private static String entries(Predicate<Metric> which, boolean buckets) {
        Collection<Metric> declared = DECLARED.values();
        return declared.stream()
                .filter(which)
                .map(metric -> Instruments.nameOf(metric)
                        + "="
                        + (buckets ? Bounds.text(metric.inSeconds(), metric.bounds()) : ""))
                .sorted()
                .collect(Collectors.joining(";"));
    }
}
