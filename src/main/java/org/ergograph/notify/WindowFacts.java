package org.ergograph.notify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.ergograph.alert.condition.Facts;
import org.ergograph.alert.condition.FactsSource;
import org.ergograph.alert.condition.LookBack;
import org.ergograph.alert.condition.SampleFacts;
import org.ergograph.alert.condition.SeriesFacts;
import org.ergograph.observation.Series;
import org.ergograph.window.SampleWindow;
import org.ergograph.window.SeriesWindow;
import org.ergograph.window.ValueDistribution;
import org.ergograph.window.WindowSnapshot;

/**
 * Facts of this node alone, from its live window, whatever stretch within it is asked for; what is longer, or earlier, is not
 * known. Immutable.
 */
final class WindowFacts implements FactsSource {
    private static final int MOST_SAMPLES = 1000;

    private final Facts facts;
    private final WindowSnapshot window;
    private final Function<String, OptionalDouble> thresholds;

    WindowFacts(WindowSnapshot window, String node, Function<String, OptionalDouble> thresholds) {
        this.window = window;
        this.thresholds = thresholds;
        List<SeriesFacts> series = new ArrayList<>();
        for (SeriesWindow each : window.series()) {
            Series of = each.series();
            series.add(new SeriesFacts(of.kind().label(), of.name(), of.attributes(), node, each.distribution()));
        }
        List<SampleFacts> samples = new ArrayList<>();
        window.samples()
                .forEach((name, sample) -> samples.add(new SampleFacts(name, sample.unit(), node, values(sample))));
        this.facts = new Facts(window.at().minus(window.covered()), window.at(), series, samples);
    }

    /** The window has no distribution of samples: one of the same count, least, greatest and mean stands for it. */
    private static ValueDistribution values(SampleWindow sample) {
        int count = (int) Math.min(sample.count(), MOST_SAMPLES);
        if (count < 3) {
            return count == 1
                    ? ValueDistribution.of(sample.latest())
                    : ValueDistribution.of(sample.min(), sample.max());
        }
        double[] values = new double[count];
        Arrays.fill(values, (sample.mean() * count - sample.min() - sample.max()) / (count - 2));
        values[0] = sample.min();
        values[1] = sample.max();
        return ValueDistribution.of(values);
    }

    @Override
    public Facts facts(LookBack lookBack) {
        boolean within = lookBack.offset().isZero() && lookBack.length().compareTo(window.length()) <= 0;
        return within ? facts : Facts.unknown(window.at());
    }

    @Override
    public OptionalDouble threshold(String name) {
        return thresholds.apply(name);
    }
}
