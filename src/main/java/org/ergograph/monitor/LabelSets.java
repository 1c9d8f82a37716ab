package org.ergograph.monitor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.ergograph.observation.Labels;
import org.ergograph.observation.Metric;
import org.ergograph.observation.SeriesRegistry;

/**
 * What a custom metric keeps for each set of label values. Bounded: sets that come when it is full share the one whose values
 * are all {@value SeriesRegistry#OTHER}. Thread-safe.
 */
final class LabelSets<T> {
    private final Metric metric;
    private final int max;
    private final Function<String[], T> make;
    private final Map<List<String>, T> sets = new ConcurrentHashMap<>();

    /**
     * @param max the greatest number of sets, that of the others not counted
     * @param make makes what is kept; called once a set
     */
    LabelSets(Metric metric, int max, Function<String[], T> make) {
        this.metric = metric;
        this.max = max;
        this.make = make;
    }

    /**
     * What is kept for these values.
     *
     * @throws IllegalArgumentException if they are not as many as the metric has labels
     */
    T of(String... values) {
        int labels = metric.labels().size();
        if (values.length != labels) {
            throw new IllegalArgumentException(
                    "%s has the labels %s: %d values given".formatted(metric.name(), metric.labels(), values.length));
        }
        T known = sets.get(Arrays.asList(values));
        if (known != null) {
            return known;
        }
        List<String> clean = new ArrayList<>(labels);
        for (String value : values) {
            clean.add(Labels.sanitize(value));
        }
        T kept = sets.get(clean);
        return kept != null ? kept : admit(clean);
    }

    // Rare, and in one place, so that the bound is exact.
    private synchronized T admit(List<String> clean) {
        List<String> key =
                sets.size() < max ? List.copyOf(clean) : Collections.nCopies(clean.size(), SeriesRegistry.OTHER);
        return sets.computeIfAbsent(key, k -> make.apply(k.toArray(new String[0])));
    }
}
