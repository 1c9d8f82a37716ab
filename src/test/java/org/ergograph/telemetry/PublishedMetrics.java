package org.ergograph.telemetry;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Histogram;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Snapshot;
import org.eclipse.microprofile.metrics.Tag;
import org.eclipse.microprofile.metrics.Timer;
import org.jspecify.annotations.Nullable;

/** A registry that remembers what was published, by name and labels: {@code name{label="value"}}. */
final class PublishedMetrics {
    final Map<String, AtomicLong> counters = new TreeMap<>();
    final Map<String, List<Long>> values = new TreeMap<>();
    final Map<String, Supplier<? extends Number>> gauges = new TreeMap<>();
    final Map<String, Integer> registrations = new TreeMap<>();
    /** Bounds that the server has in spite of its configuration, by the name given to the registry. */
    final Map<String, double[]> bounds = new HashMap<>();

    /** A name that the registry refuses. */
    @Nullable
    String refused;

    /** The registry, of which only what {@link Instruments} calls is there. */
    MetricRegistry registry() {
        return (MetricRegistry) Proxy.newProxyInstance(
                MetricRegistry.class.getClassLoader(), new Class<?>[] {MetricRegistry.class}, (proxy, method, args) -> {
                    Metadata metadata = (Metadata) args[0];
                    String id = metadata.getName() + labels((Tag[]) args[args.length - 1]);
                    if (metadata.getName().equals(refused)) {
                        throw new IllegalArgumentException(id + " is a metric of another kind");
                    }
                    registrations.merge(id, 1, Integer::sum);
                    return switch (method.getName()) {
                        case "counter" -> counter(id);
                        case "histogram" -> distribution(Histogram.class, id, metadata.getName());
                        case "timer" -> distribution(Timer.class, id, metadata.getName());
                        case "gauge" -> {
                            @SuppressWarnings("unchecked")
                            Supplier<? extends Number> supplier = (Supplier<? extends Number>) args[1];
                            gauges.put(id, supplier);
                            yield null;
                        }
                        default -> throw new UnsupportedOperationException(method.toString());
                    };
                });
    }

    private static String labels(Tag[] tags) {
        return tags.length == 0
                ? ""
                : Stream.of(tags)
                        .map(tag -> tag.getTagName() + "=\"" + tag.getTagValue() + '"')
                        .collect(Collectors.joining(",", "{", "}"));
    }

    private Counter counter(String id) {
        AtomicLong total = counters.computeIfAbsent(id, made -> new AtomicLong());
        return new Counter() {
            @Override
            public void inc() {
                total.incrementAndGet();
            }

            @Override
            public void inc(long n) {
                total.addAndGet(n);
            }

            @Override
            public long getCount() {
                return total.get();
            }
        };
    }

    private <T> T distribution(Class<T> type, String id, String name) {
        List<Long> into = values.computeIfAbsent(id, made -> Collections.synchronizedList(new ArrayList<>()));
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            switch (method.getName()) {
                case "update" ->
                    into.add(
                            args[0] instanceof Duration duration ? duration.toNanos() : ((Number) args[0]).longValue());
                case "getSnapshot" -> {
                    return new Buckets(bounds.getOrDefault(name, configured(name)));
                }
                default -> throw new UnsupportedOperationException(method.toString());
            }
            return null;
        }));
    }

    private static double[] configured(String name) {
        String entries = BucketConfigSource.value(BucketConfigSource.TIMER_BUCKETS, "") + ";"
                + BucketConfigSource.value(BucketConfigSource.HISTOGRAM_BUCKETS, "");
        return Stream.of(entries.split(";", -1))
                .filter(entry -> entry.startsWith(name + "="))
                .flatMap(entry -> Stream.of(entry.substring(name.length() + 1).split(",", -1)))
                .mapToDouble(PublishedMetrics::bound)
                .toArray();
    }

    /** In nanoseconds, as snapshots of timers give it, if it has a unit. */
    private static double bound(String text) {
        return text.endsWith("ms")
                ? 1e6 * Double.parseDouble(text.substring(0, text.length() - 2))
                : Double.parseDouble(text);
    }

    long counter(String name, String labels) {
        AtomicLong total = counters.get(name + labels);
        return total == null ? 0 : total.get();
    }

    double gauge(String id) {
        Supplier<? extends Number> gauge = gauges.get(id);
        if (gauge == null) {
            throw new AssertionError(id + " is not among " + gauges.keySet());
        }
        return gauge.get().doubleValue();
    }

    /** The values given to a timer, in nanoseconds, or to a histogram, ascending. */
    List<Long> values(String id) {
        return values.getOrDefault(id, List.of()).stream().sorted().toList();
    }

    private static final class Buckets extends Snapshot {
        private final double[] bounds;

        Buckets(double[] bounds) {
            this.bounds = bounds;
        }

        @Override
        public long size() {
            return 0;
        }

        @Override
        public double getMax() {
            return 0;
        }

        @Override
        public double getMean() {
            return 0;
        }

        @Override
        public PercentileValue[] percentileValues() {
            return new PercentileValue[0];
        }

        @Override
        public HistogramBucket[] bucketValues() {
            HistogramBucket[] buckets = new HistogramBucket[bounds.length];
            for (int i = 0; i < bounds.length; i++) {
                buckets[i] = new HistogramBucket(bounds[i], 0);
            }
            return buckets;
        }

        @Override
        public void dump(java.io.OutputStream outputStream) {
            throw new UnsupportedOperationException("dump");
        }
    }
}
