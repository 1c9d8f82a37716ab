package org.ergograph.notify.prometheus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.ergograph.notify.prometheus.PromQl.Aggregate;
import org.ergograph.notify.prometheus.PromQl.Binary;
import org.ergograph.notify.prometheus.PromQl.Call;
import org.ergograph.notify.prometheus.PromQl.Match;
import org.ergograph.notify.prometheus.PromQl.Num;
import org.ergograph.notify.prometheus.PromQl.Selector;
import org.ergograph.observation.Metrics;
import org.jspecify.annotations.Nullable;

/**
 * A figure that is recognised in PromQL. Immutable.
 *
 * @param source of what; never {@link Term.Source.Own}
 * @param measure which figure
 * @param by the labels that tell series apart
 * @param window how far it looks back; null if it takes the last value
 * @param before how long ago the window ends
 */
record Leaf(
        Term.Source source,
        String measure,
        List<String> by,
        @Nullable Duration window,
        Duration before) {
    private static final List<String> MEASURES = Stream.concat(
                    Stream.of("count", "errors", "error_rate", "rate", "errors_per_second", "mean"),
                    Measures.QUANTILES.keySet().stream().sorted())
            .toList();
    private static final List<String> NODE = List.of("instance");
    private static final List<String> OF_ALL =
            List.of("count", "errors", "error_rate", "rate", "errors_per_second", "mean");

    Leaf {
        by = List.copyOf(by);
    }

    /** The figure that this expression, which is tidy, is; empty if it is none. */
    static Optional<Leaf> of(PromQl expression) {
        Selector selector = PromQlForms.firstSelector(expression);
        if (selector == null) {
            return Optional.empty();
        }
        Optional<Leaf> sampled = sampled(expression, selector);
        Duration window = selector.range();
        if (sampled.isPresent() || window == null) {
            return sampled;
        }
        for (String measure : OF_ALL) {
            if (PromQlForms.tidy(Measures.ofAll(measure, window, selector.offset()))
                    .equals(expression)) {
                return Optional.of(new Leaf(new Term.Source.All(), measure, List.of(), window, selector.offset()));
            }
        }
        return Family.ALL.stream()
                .filter(family -> belongs(selector.metric(), family))
                .findFirst()
                .flatMap(family -> counted(expression, selector, family, window));
    }

    private static boolean belongs(String metric, Family family) {
        String duration = family.duration().name();
        return metric.equals(family.total().name())
                || Stream.of("_bucket", "_sum", "_count").anyMatch(end -> metric.equals(duration + end));
    }

    /** Recognised by what an export would have made of each figure that it could be. */
    private static Optional<Leaf> counted(PromQl expression, Selector selector, Family family, Duration window) {
        List<Match> matches = selector.matches().stream()
                .filter(match -> !match.equals(family.failed()))
                .toList();
        List<String> by = PromQlForms.firstBy(expression);
        Measures measures = new Measures(family, matches, by, window, selector.offset());
        String measure = forms(measures).get(expression);
        if (measure == null) {
            return Optional.empty();
        }
        Term.Source source = new Term.Source.Named(family.kind(), family.pattern(matches));
        return Optional.of(new Leaf(source, measure, by, window, selector.offset()));
    }

    private static Map<PromQl, String> forms(Measures of) {
        Map<PromQl, String> forms = new LinkedHashMap<>();
        MEASURES.forEach(measure -> forms.put(PromQlForms.tidy(of.named(measure)), measure));
        // What people write: without the series of errors that there may not be, and from the histogram's count.
        for (String function : List.of("rate", "increase")) {
            PromQl failed = failed(of, function);
            PromQl counted = counted(of, function);
            boolean rate = function.equals("rate");
            forms.putIfAbsent(failed, rate ? "errors_per_second" : "errors");
            forms.putIfAbsent(
                    new Binary("or", failed, Call.of("vector", new Num(0))), rate ? "errors_per_second" : "errors");
            forms.putIfAbsent(counted, rate ? "rate" : "count");
            forms.putIfAbsent(PromQlForms.tidy(of.total(function)), rate ? "rate" : "count");
            forms.putIfAbsent(new Binary("/", failed, PromQlForms.tidy(of.total(function))), "error_rate");
            forms.putIfAbsent(new Binary("/", failed, counted), "error_rate");
            forms.putIfAbsent(
                    new Binary(
                            "/",
                            sum(of, function, of.family().duration().name() + "_sum"),
                            sum(of, function, of.family().duration().name() + "_count")),
                    "mean");
        }
        return forms;
    }

    private static PromQl failed(Measures of, String function) {
        List<Match> with = new ArrayList<>(of.matches());
        with.add(of.family().failed());
        Selector selector = new Selector(of.family().total().name(), with, of.window(), of.before());
        return PromQlForms.tidy(new Aggregate("sum", of.by(), Call.of(function, selector)));
    }

    private static PromQl counted(Measures of, String function) {
        return sum(of, function, of.family().duration().name() + "_count");
    }

    private static PromQl sum(Measures of, String function, String metric) {
        return PromQlForms.tidy(new Aggregate(
                "sum", of.by(), Call.of(function, new Selector(metric, of.matches(), of.window(), of.before()))));
    }

    private static Optional<Leaf> sampled(PromQl expression, Selector selector) {
        String sample = Gauges.sample(selector.metric()).orElse(null);
        if (sample == null) {
            return Optional.empty();
        }
        if (!selector.matches().isEmpty()) {
            throw new UntranslatableException(
                    "the labels of " + selector.metric() + " are not in the record: " + selector);
        }
        // Without an aggregation Prometheus tells the nodes apart.
        List<String> by = expression instanceof Aggregate together ? together.by() : NODE;
        PromQl inner = expression instanceof Aggregate together ? together.of() : expression;
        String together = expression instanceof Aggregate aggregate ? aggregate.operator() : "avg";
        if (!by.isEmpty() && !by.equals(NODE)) {
            return Optional.empty();
        }
        if (inner.equals(selector) && selector.range() == null && together.equals("avg")) {
            return Optional.of(sampled(sample, "mean", by, selector));
        }
        for (String over : List.of("avg", "min", "max")) {
            boolean fits = inner.equals(Call.of(over + "_over_time", selector))
                    && (!(expression instanceof Aggregate) || together.equals(over));
            if (fits) {
                return Optional.of(sampled(sample, over.equals("avg") ? "mean" : over, by, selector));
            }
        }
        return Optional.empty();
    }

    private static Leaf sampled(String sample, String figure, List<String> by, Selector selector) {
        return new Leaf(new Term.Source.Sampled(sample), figure, by, selector.range(), selector.offset());
    }

    /** Whether the metric is one of ours whatever is asked of it. */
    static boolean isOurs(String metric) {
        return Metrics.all().stream()
                .anyMatch(known -> metric.equals(known.name()) || metric.startsWith(known.name() + "_"));
    }
}
