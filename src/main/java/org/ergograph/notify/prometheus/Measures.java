package org.ergograph.notify.prometheus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.ergograph.notify.prometheus.PromQl.Aggregate;
import org.ergograph.notify.prometheus.PromQl.Binary;
import org.ergograph.notify.prometheus.PromQl.Call;
import org.ergograph.notify.prometheus.PromQl.Match;
import org.ergograph.notify.prometheus.PromQl.Num;
import org.ergograph.notify.prometheus.PromQl.Selector;

/** The figures of some series of one kind in PromQL. Immutable. */
record Measures(Family family, List<Match> matches, List<String> by, Duration window, Duration before) {
    /** Quantiles by the name of their measure. */
    static final Map<String, Double> QUANTILES = Map.of("p50", 0.5, "p90", 0.9, "p95", 0.95, "p99", 0.99);

    /** Measures that are not known with too few samples. */
    static final Set<String> NEED_SAMPLES = Set.of("error_rate", "mean", "min", "max", "p50", "p90", "p95", "p99");

    private static final String SUM = "sum";

    Measures {
        matches = List.copyOf(matches);
        by = List.copyOf(by);
    }

    /** Of another stretch. */
    Measures over(Duration other) {
        return new Measures(family, matches, by, other, before);
    }

    private PromQl summed(String function, String metric, List<Match> with) {
        return new Aggregate(SUM, by, Call.of(function, new Selector(metric, with, window, before)));
    }

    /** How many there were, or how many a second: {@code increase} or {@code rate}; nothing where there is no such series. */
    PromQl total(String function) {
        return summed(function, family.total().name(), matches);
    }

    /** The same, and 0 where there is no such series, unless series are told apart. */
    private PromQl known(String function) {
        return by.isEmpty() ? orNone(total(function)) : total(function);
    }

    /** How many failed. Where none ever did there is no series: that is 0, and not unknown. */
    PromQl failed(String function) {
        List<Match> with = new ArrayList<>(matches);
        with.add(family.failed());
        PromQl failed = summed(function, family.total().name(), with);
        return by.isEmpty() ? orNone(failed) : new Binary("or", failed, new Binary("*", new Num(0), total(function)));
    }

    private static PromQl orNone(PromQl sum) {
        return new Binary("or", sum, Call.of("vector", new Num(0)));
    }

    /** The share that failed. */
    PromQl errorRate() {
        return new Binary("/", failed("rate"), total("rate"));
    }

    /** The sum of the durations, a second. */
    PromQl sum() {
        return summed("rate", family.duration().name() + "_sum", matches);
    }

    private PromQl timed() {
        return summed("rate", family.duration().name() + "_count", matches);
    }

    private PromQl quantile(double q) {
        List<String> withBounds = new ArrayList<>(List.of("le"));
        withBounds.addAll(by);
        Selector buckets = new Selector(family.duration().name() + "_bucket", matches, window, before);
        return Call.of("histogram_quantile", new Num(q), new Aggregate(SUM, withBounds, Call.of("rate", buckets)));
    }

    /**
     * The measure of this name.
     *
     * @throws UntranslatableException if the metrics do not say it
     */
    PromQl named(String measure) {
        Double q = QUANTILES.get(measure);
        if (q != null) {
            return quantile(q);
        }
        return switch (measure) {
            case "count" -> known("increase");
            case "errors" -> failed("increase");
            case "error_rate" -> errorRate();
            case "rate" -> known("rate");
            case "errors_per_second" -> failed("rate");
            case "mean" -> new Binary("/", sum(), timed());
            default ->
                throw new UntranslatableException(
                        measure + " is in no metric of " + family.kind().label());
        };
    }

    /**
     * The measure of this name over all kinds; without labels.
     *
     * @throws UntranslatableException if it cannot be put together from those of the kinds
     */
    static PromQl ofAll(String measure, Duration window, Duration before) {
        return switch (measure) {
            case "count" -> added(of -> of.known("increase"), window, before);
            case "errors" -> added(of -> of.failed("increase"), window, before);
            case "rate" -> added(of -> of.known("rate"), window, before);
            case "errors_per_second" -> added(of -> of.failed("rate"), window, before);
            case "error_rate" ->
                new Binary(
                        "/",
                        added(of -> of.failed("rate"), window, before),
                        added(of -> of.known("rate"), window, before));
            case "mean" ->
                new Binary(
                        "/",
                        added(of -> orNone(of.sum()), window, before),
                        added(of -> orNone(of.timed()), window, before));
            default ->
                throw new UntranslatableException(
                        measure
                                + " of all kinds together: their metrics have different buckets; give the rule the scope of one kind");
        };
    }

    /** The sum over the kinds; one without series counts as 0. */
    private static PromQl added(Function<Measures, PromQl> each, Duration window, Duration before) {
        return Family.ALL.stream()
                .map(family -> each.apply(new Measures(family, List.of(), List.of(), window, before)))
                .reduce((one, other) -> new Binary("+", one, other))
                .orElseThrow();
    }
}
