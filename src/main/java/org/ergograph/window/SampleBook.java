package org.ergograph.window;

import java.util.HashMap;
import java.util.Map;
import org.ergograph.observation.Sample;

/** The samples of one slot, by name; bounded in their names. Not thread-safe. */
final class SampleBook {
    /** How many names there may be; what would be one more is refused. */
    static final int MAX_NAMES = 1000;

    private final Map<String, SampleWindow> byName = new HashMap<>();

    /** @throws IllegalStateException if there is no room for another name, which the recorder counts */
    void add(Sample sample) {
        if (byName.size() >= MAX_NAMES && !byName.containsKey(sample.name())) {
            throw new IllegalStateException("more than " + MAX_NAMES + " names of samples");
        }
        double value = sample.value();
        add(new SampleWindow(sample.name(), sample.unit(), 1, value, sample.at(), value, value, value));
    }

    /** Adds what is in the other, later book. */
    void addAll(SampleBook later) {
        later.byName.values().forEach(this::add);
    }

    private void add(SampleWindow later) {
        byName.merge(later.name(), later, SampleBook::merged);
    }

    Map<String, SampleWindow> byName() {
        return byName;
    }

    private static SampleWindow merged(SampleWindow first, SampleWindow later) {
        long count = first.count() + later.count();
        return new SampleWindow(
                later.name(),
                later.unit(),
                count,
                later.latest(),
                later.latestAt(),
                Math.min(first.min(), later.min()),
                Math.max(first.max(), later.max()),
                first.mean() + (later.mean() - first.mean()) * later.count() / count);
    }
}
