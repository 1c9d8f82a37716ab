package org.ergograph.notify.prometheus;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import org.ergograph.alert.condition.BurnRate;
import org.ergograph.alert.condition.Condition;
import org.ergograph.alert.condition.Query;
import org.ergograph.alert.condition.Slo;
import org.ergograph.notify.prometheus.PromQl.Aggregate;
import org.ergograph.notify.prometheus.PromQl.Binary;
import org.ergograph.notify.prometheus.PromQl.Call;
import org.ergograph.notify.prometheus.PromQl.Num;
import org.ergograph.notify.prometheus.PromQl.Selector;
import org.ergograph.notify.prometheus.Term.Source;
import org.ergograph.observation.Kind;
import org.jspecify.annotations.Nullable;

/** Says in PromQL what a rule asks, or why that cannot be said. One serves one query; not thread-safe. */
final class ToPromQl {
    private static final String INSTANCE = "instance";

    private final Query query;
    private final Function<String, OptionalDouble> thresholds;
    private final @Nullable Family family;
    private final Set<String> notes = new LinkedHashSet<>();

    /**
     * Begins the translation.
     *
     * @param thresholds those that are set now
     * @throws UntranslatableException if the rule looks at what has no metric
     */
    ToPromQl(Query query, Function<String, OptionalDouble> thresholds) {
        this.query = query;
        this.thresholds = thresholds;
        this.family = family(query);
    }

    private static @Nullable Family family(Query query) {
        String word = word(query);
        if (word.equals("system")) {
            return null;
        }
        Kind kind = word.equals("automation")
                ? Kind.WORKFLOW
                : word.equals("macro") ? Kind.TOOL : Kind.parse(word).orElseThrow();
        return Family.of(kind)
                .orElseThrow(() -> new UntranslatableException(
                        "no metric says anything of the scope " + query.scope().text()));
    }

    private static String word(Query query) {
        return query.scope().text().split(":", 2)[0];
    }

    /** What the translation says a little differently, in sentences. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    /**
     * The expression; it has a value where the rule's condition is met.
     *
     * @throws UntranslatableException if there is none
     */
    PromQl expression() {
        Slo slo = query.slo();
        if (slo != null) {
            return objective(slo);
        }
        if (query.clearCondition() != null) {
            throw new UntranslatableException("it has a condition of its own for being clear again");
        }
        Condition condition = query.condition();
        if (condition == null) {
            throw new IllegalStateException("neither a condition nor an objective");
        }
        return met(Terms.of(condition.text()), false);
    }

    private PromQl objective(Slo slo) {
        double budget =
                BigDecimal.ONE.subtract(BigDecimal.valueOf(slo.objective())).doubleValue();
        PromQl any = null;
        for (BurnRate pair : slo.pairs()) {
            PromQl both = new Binary(
                    "and", burns(pair.longer(), pair.factor(), budget), burns(pair.shorter(), pair.factor(), budget));
            any = any == null ? both : new Binary("or", any, both);
        }
        if (any == null) {
            throw new IllegalStateException("an objective without windows");
        }
        return any;
    }

    private PromQl burns(Duration window, double factor, double budget) {
        PromQl burns = new Binary(
                ">", own("error_rate", window, Duration.ZERO), new Binary("*", new Num(factor), new Num(budget)));
        return query.minSamples() <= 1
                ? burns
                : new Binary(
                        "and",
                        burns,
                        new Binary(">=", own("count", window, Duration.ZERO), new Num(query.minSamples())));
    }

    /** @param not whether what is wanted is that it is not met */
    private PromQl met(Term term, boolean not) {
        if (term instanceof Term.Not of) {
            return met(of.of(), !not);
        }
        if (term instanceof Term.And and) {
            return new Binary(not ? "or" : "and", met(and.left(), not), met(and.right(), not));
        }
        if (term instanceof Term.Or or) {
            return new Binary(not ? "and" : "or", met(or.left(), not), met(or.right(), not));
        }
        if (term instanceof Term.Compare compare) {
            return compared(compare, not);
        }
        if (term instanceof Term.Absent) {
            if (!query.groupBy().isEmpty()) {
                throw new UntranslatableException(
                        "absent() of what is told apart by labels: Prometheus forgets a series that is absent");
            }
            return new Binary(not ? ">" : "==", own("count", query.window(), Duration.ZERO), new Num(0));
        }
        throw new UntranslatableException("it does not end in a comparison");
    }

    private PromQl compared(Term.Compare compare, boolean not) {
        if (isNumber(compare.left()) && isNumber(compare.right())) {
            throw new UntranslatableException("it compares numbers with numbers");
        }
        String operator = not ? opposite(compare.operator()) : compare.operator();
        PromQl compared = new Binary(operator, value(compare.left()), value(compare.right()));
        if (query.minSamples() > 1) {
            // With fewer nothing is known of it, and what is not known is not met.
            for (Term.Measure counted : countsOf(compare)) {
                PromQl count = measure(counted.source(), counted.name(), counted.before());
                compared = new Binary("and", compared, new Binary(">=", count, new Num(query.minSamples())));
            }
        }
        return compared;
    }

    /** The counts of whatever the comparison wants samples of. */
    private static Set<Term.Measure> countsOf(Term term) {
        Set<Term.Measure> counts = new LinkedHashSet<>();
        if (term instanceof Term.Compare compare) {
            counts.addAll(countsOf(compare.left()));
            counts.addAll(countsOf(compare.right()));
        } else if (term instanceof Term.Arithmetic sum) {
            counts.addAll(countsOf(sum.left()));
            counts.addAll(countsOf(sum.right()));
        } else if (term instanceof Term.Measure measure && Measures.NEED_SAMPLES.contains(measure.name())) {
            counts.add(new Term.Measure(measure.source(), "count", measure.before()));
        }
        return counts;
    }

    private static String opposite(String operator) {
        return switch (operator) {
            case ">" -> "<=";
            case ">=" -> "<";
            case "<" -> ">=";
            case "<=" -> ">";
            case "==" -> "!=";
            default -> "==";
        };
    }

    private static boolean isNumber(Term term) {
        return term instanceof Term.Num
                || term instanceof Term.Threshold
                || (term instanceof Term.Arithmetic sum && isNumber(sum.left()) && isNumber(sum.right()));
    }

    private PromQl value(Term term) {
        if (term instanceof Term.Num number) {
            return new Num(number.value());
        }
        if (term instanceof Term.Threshold threshold) {
            double now = thresholds
                    .apply(threshold.name())
                    .orElseThrow(() -> new UntranslatableException("there is no threshold " + threshold.name()));
            notes.add("threshold(\"" + threshold.name() + "\") is " + new Num(now)
                    + " as it was set at the export: Prometheus does not hear of changes");
            return new Num(now);
        }
        if (term instanceof Term.Arithmetic sum) {
            return new Binary(sum.operator(), value(sum.left()), value(sum.right()));
        }
        if (term instanceof Term.Measure measure) {
            return measure(measure.source(), measure.name(), measure.before());
        }
        throw new UntranslatableException("it computes with what is no number");
    }

    private PromQl measure(Source source, String name, Duration before) {
        if (source instanceof Source.Own) {
            return own(name, query.window(), before);
        }
        boolean perNode = query.groupBy().equals(List.of("node"));
        if (perNode && source instanceof Source.Sampled sample) {
            return sampled(sample.name(), name, before, List.of(INSTANCE));
        }
        if (!query.groupBy().isEmpty()) {
            throw new UntranslatableException(
                    "it compares subjects, which are told apart by labels, with something that has none of these labels");
        }
        if (source instanceof Source.Sampled sample) {
            return sampled(sample.name(), name, before, List.of());
        }
        if (source instanceof Source.Named named) {
            Family other = Family.of(named.kind())
                    .orElseThrow(() -> new UntranslatableException(
                            "no metric says anything of " + named.kind().label()));
            return new Measures(other, other.matches(named.name()), List.of(), query.window(), before).named(name);
        }
        return all(name, query.window(), before);
    }

    private PromQl own(String name, Duration window, Duration before) {
        Family of = family;
        if (of == null) {
            if (!query.groupBy().isEmpty()) {
                throw new UntranslatableException(
                        "it looks at all kinds and tells its subjects apart: their metrics have different labels");
            }
            return all(name, window, before);
        }
        String text = query.scope().text();
        int colon = text.indexOf(':');
        if (of.kind() == Kind.WORKFLOW) {
            notes.add("the record has whole runs of workflows beside their steps, the metrics have the steps only");
        }
        return new Measures(of, of.matches(colon < 0 ? "*" : text.substring(colon + 1)), by(of), window, before)
                .named(name);
    }

    private PromQl all(String name, Duration window, Duration before) {
        notes.add("administrative acts and whole runs of workflows are in no metric, and so not in the sum");
        return Measures.ofAll(name, window, before);
    }

    private List<String> by(Family of) {
        Set<String> labels = new LinkedHashSet<>();
        for (String name : query.groupBy()) {
            switch (name) {
                case "series" -> labels.addAll(of.kind().attributes());
                case "node" -> labels.add(INSTANCE);
                case "kind" -> notes.add("there is one kind only, so it is no label");
                default -> {
                    if (!of.kind().attributes().contains(name)) {
                        throw new UntranslatableException(
                                of.total().name() + " has no label " + name + " to tell subjects apart by");
                    }
                    labels.add(name);
                }
            }
        }
        return new ArrayList<>(labels);
    }

    private PromQl sampled(String sample, String figure, Duration before, List<String> by) {
        String gauge = Gauges.of(sample)
                .orElseThrow(() -> new UntranslatableException("no metric has what is sampled as " + sample))
                .name();
        String over = switch (figure) {
            case "mean" -> "avg";
            case "min", "max" -> figure;
            default ->
                throw new UntranslatableException(
                        figure + " of a sample: Prometheus takes samples of its own, at other times");
        };
        return new Aggregate(
                over, by, Call.of(over + "_over_time", new Selector(gauge, List.of(), query.window(), before)));
    }
}
