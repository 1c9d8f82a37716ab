package org.ergograph.notify.prometheus;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.ergograph.observation.Metric;
import org.ergograph.observation.Metrics;

/** The gauges that say what the record has as samples. */
final class Gauges {
    private static final Map<String, Metric> BY_SAMPLE = bySample();

    private Gauges() {}

    private static Map<String, Metric> bySample() {
        Map<String, Metric> gauges = new LinkedHashMap<>();
        gauges.put("cpu_usage_percent", Metrics.CPU);
        gauges.put("memory_usage_bytes", Metrics.MEMORY);
        gauges.put("disk_usage_bytes", Metrics.DISK);
        gauges.put("heap_used_bytes", Metrics.HEAP_USED);
        gauges.put("heap_committed_bytes", Metrics.HEAP_COMMITTED);
        gauges.put("non_heap_used_bytes", Metrics.NON_HEAP_USED);
        return gauges;
    }

    /** The gauge of what is sampled under this name. */
    static Optional<Metric> of(String sample) {
        return Optional.ofNullable(BY_SAMPLE.get(sample));
    }

    /** The name under which what the gauge says is sampled. */
    static Optional<String> sample(String gauge) {
        return BY_SAMPLE.entrySet().stream()
                .filter(entry -> entry.getValue().name().equals(gauge))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
