package org.ergograph.monitor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleConsumer;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.ergograph.observation.Meters;
import org.ergograph.observation.Metric;

/** Meters that keep what is published, by name and label values. */
final class NotingMeters implements Meters {
    private final Map<String, DoubleSupplier> values = new ConcurrentHashMap<>();
    private final List<Metric> announced = new ArrayList<>();
    private final Map<String, List<Double>> distributions = new ConcurrentHashMap<>();

    List<Metric> announced() {
        return announced;
    }

    double value(String key) {
        DoubleSupplier value = values.get(key);
        if (value == null) {
            throw new AssertionError(key + " is not among " + values.keySet());
        }
        return value.getAsDouble();
    }

    List<Double> distribution(String key) {
        return distributions.getOrDefault(key, List.of());
    }

    int size() {
        return values.size() + distributions.size();
    }

    private static String key(Metric metric, String... labelValues) {
        return metric.name() + List.of(labelValues);
    }

    @Override
    public void announce(Metric metric) {
        announced.add(metric);
    }

    @Override
    public void counter(Metric metric, LongSupplier total, String... labelValues) {
        values.put(key(metric, labelValues), total::getAsLong);
    }

    @Override
    public void gauge(Metric metric, DoubleSupplier value, String... labelValues) {
        values.put(key(metric, labelValues), value);
    }

    @Override
    public DoubleConsumer histogram(Metric metric, String... labelValues) {
        return distributions.computeIfAbsent(key(metric, labelValues), key -> new ArrayList<>())::add;
    }
}
