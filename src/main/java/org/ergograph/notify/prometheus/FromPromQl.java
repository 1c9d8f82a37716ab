package org.ergograph.notify.prometheus;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.ergograph.alert.condition.Condition;
import org.ergograph.alert.condition.Query;
import org.ergograph.alert.condition.Scope;
import org.ergograph.alert.condition.Slo;
import org.ergograph.notify.prometheus.PromQl.Binary;
import org.ergograph.notify.prometheus.PromQl.Num;
import org.ergograph.notify.prometheus.PromQl.Selector;
import org.ergograph.notify.prometheus.Term.Source;

/** Says as a query what an expression of PromQL asks, or why that cannot be said. One serves one expression; not thread-safe. */
final class FromPromQl {
    private static final Duration LAST_VALUE = Duration.ofMinutes(1);
    private static final Duration USUAL_WINDOW = Duration.ofMinutes(5);
    private static final List<Integer> OBJECTIVE_DAYS = List.of(30, 28, 7, 14, 90);

    private final Set<String> notes = new LinkedHashSet<>();
    private final List<Leaf> leaves = new ArrayList<>();
    private final Set<Long> enough = new LinkedHashSet<>();
    private int unguarded;
    private boolean literally;

    /** What the translation says a little differently, in sentences. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    /** @throws UntranslatableException if there is no such query; says why */
    Query query(PromQl expression) {
        PromQl tidy = PromQlForms.tidy(expression);
        return objective(tidy).orElseGet(() -> condition(tidy));
    }

    private Query condition(PromQl expression) {
        Term term = met(expression);
        if (enough.size() > 1 || (!enough.isEmpty() && unguarded > 0)) {
            // Not the same of everything, so it is no matter of too few samples.
            literally = true;
            leaves.clear();
            notes.clear();
            enough.clear();
            term = met(expression);
        }
        boolean own = isAboutOne();
        Condition condition = Condition.parse(Terms.text(own ? Terms.owned(term) : term));
        return new Query(
                condition,
                null,
                own ? scope() : Scope.SYSTEM,
                own ? groupBy() : List.of(),
                window(),
                enough.stream().findFirst().orElse(1L),
                null);
    }

    /** How many samples this asks for; 0 if it asks for something else. */
    private static long wanted(PromQl expression) {
        boolean asks = expression instanceof Binary compare
                && compare.operator().equals(">=")
                && compare.right() instanceof Num number
                && number.value() == Math.rint(number.value())
                && Leaf.of(compare.left())
                        .filter(leaf -> leaf.measure().equals("count"))
                        .isPresent();
        return asks && ((Binary) expression).right() instanceof Num number ? (long) number.value() : 0;
    }

    /** A comparison that counts only with so many samples. */
    private Optional<Term> guarded(Binary both) {
        long samples = wanted(both.right());
        PromQl inner = both.left();
        while (inner instanceof Binary more && more.operator().equals("and") && wanted(more.right()) == samples) {
            inner = more.left();
        }
        boolean guards = !literally
                && samples > 1
                && inner instanceof Binary compare
                && PromQl.compares(compare.operator())
                && wanted(compare) == 0;
        if (!guards) {
            return Optional.empty();
        }
        enough.add(samples);
        unguarded--;
        return Optional.of(met(inner));
    }

    private Term met(PromQl expression) {
        if (!(expression instanceof Binary binary)) {
            throw new UntranslatableException("'" + expression + "' does not end in a comparison");
        }
        if (binary.operator().equals("and")) {
            Optional<Term> guarded = guarded(binary);
            return guarded.isPresent() ? guarded.get() : new Term.And(met(binary.left()), met(binary.right()));
        }
        if (binary.operator().equals("or")) {
            return new Term.Or(met(binary.left()), met(binary.right()));
        }
        if (binary.operator().equals("unless")) {
            return new Term.And(met(binary.left()), new Term.Not(met(binary.right())));
        }
        if (!PromQl.compares(binary.operator())) {
            throw new UntranslatableException("'" + expression + "' does not end in a comparison");
        }
        if (PromQlForms.isNumber(binary.left()) && PromQlForms.isNumber(binary.right())) {
            throw new UntranslatableException("'" + expression + "' compares numbers with numbers");
        }
        int before = leaves.size();
        Term compared = new Term.Compare(binary.operator(), value(binary.left()), value(binary.right()));
        if (leaves.subList(before, leaves.size()).stream()
                .anyMatch(leaf -> Measures.NEED_SAMPLES.contains(leaf.measure()))) {
            unguarded++;
        }
        return compared;
    }

    private Term value(PromQl expression) {
        if (expression instanceof Num number) {
            return new Term.Num(number.value());
        }
        Optional<Leaf> known = Leaf.of(expression);
        if (known.isPresent()) {
            Leaf leaf = known.get();
            leaves.add(leaf);
            if (leaf.window() == null) {
                notes.add("the last value is taken as the mean of the last minute");
            }
            return new Term.Measure(leaf.source(), leaf.measure(), leaf.before());
        }
        if (expression instanceof Binary sum
                && PromQl.strength(sum.operator()) > 3
                && !sum.operator().equals("%")) {
            return new Term.Arithmetic(sum.operator(), value(sum.left()), value(sum.right()));
        }
        throw new UntranslatableException(unknown(expression));
    }

    private static String unknown(PromQl expression) {
        Selector selector = PromQlForms.firstSelector(expression);
        if (selector == null) {
            return "'" + expression + "' is no figure of the record";
        }
        if (!Leaf.isOurs(selector.metric())) {
            return "the metric " + selector.metric() + " is not one of this product's";
        }
        return "'" + expression
                + "' is no figure of the record: known are sum [by (...)] (rate(x_total[5m])) and increase of it,"
                + " their ratios, histogram_quantile(q, sum by (le) (rate(x_bucket[5m]))) for q 0.5, 0.9, 0.95 and 0.99, and"
                + " avg_over_time, min_over_time and max_over_time of "
                + "mcp_cpu_usage_percent and of the gauges of memory, disk and heap in bytes";
    }

    /** Whether everything that is not a sample is about the same series. */
    private boolean isAboutOne() {
        List<Leaf> counted = counted();
        boolean one = counted.stream().map(Leaf::source).distinct().count() <= 1
                && counted.stream().map(Leaf::by).distinct().count() <= 1;
        if (one) {
            if (leaves.stream().map(Leaf::by).distinct().count() > 1) {
                throw new UntranslatableException("it tells the one apart by other labels than the other");
            }
            return true;
        }
        if (counted.stream().anyMatch(leaf -> !leaf.by().isEmpty())) {
            throw new UntranslatableException("it looks at several things at once, and tells them apart by labels");
        }
        return false;
    }

    private List<Leaf> counted() {
        return leaves.stream()
                .filter(leaf -> !(leaf.source() instanceof Source.Sampled))
                .toList();
    }

    private Scope scope() {
        return counted().stream()
                .findFirst()
                .map(Leaf::source)
                .filter(source -> source instanceof Source.Named)
                .map(source -> (Source.Named) source)
                .map(named -> new Scope(named.kind().label() + (named.name().equals("*") ? "" : ":" + named.name())))
                .orElse(Scope.SYSTEM);
    }

    private List<String> groupBy() {
        List<Leaf> counted = counted();
        List<String> attributes = !counted.isEmpty() && counted.get(0).source() instanceof Source.Named named
                ? named.kind().attributes()
                : List.of();
        List<String> names = new ArrayList<>();
        for (String label : leaves.get(0).by()) {
            if (label.equals("instance")) {
                names.add("node");
            } else if (attributes.contains(label)) {
                names.add(label);
            } else {
                throw new UntranslatableException("the record cannot tell subjects apart by " + label);
            }
        }
        if (!attributes.isEmpty() && names.containsAll(attributes)) {
            names.removeAll(attributes);
            names.add(0, "series");
        }
        return names;
    }

    private Duration window() {
        Set<Duration> windows = leaves.stream()
                .map(leaf -> leaf.window() == null ? LAST_VALUE : leaf.window())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (windows.size() > 1) {
            throw new UntranslatableException("it looks back "
                    + windows.stream().map(PromQl::shown).collect(Collectors.joining(" and "))
                    + ": a rule has one window");
        }
        return windows.stream().filter(Objects::nonNull).findFirst().orElse(USUAL_WINDOW);
    }

    /** Burn rates are recognised by what an export would have made of the objective. */
    private Optional<Query> objective(PromQl expression) {
        PromQl first = expression;
        while (first instanceof Binary binary
                && (binary.operator().equals("or") || binary.operator().equals("and"))) {
            first = binary.left();
        }
        if (!(first instanceof Binary burns
                && burns.right() instanceof Binary limit
                && limit.operator().equals("*")
                && limit.right() instanceof Num budget
                && budget.value() > 0
                && budget.value() < 1)) {
            return Optional.empty();
        }
        Optional<Leaf> ratio =
                Leaf.of(burns.left()).filter(leaf -> leaf.measure().equals("error_rate"));
        if (ratio.isEmpty()) {
            return Optional.empty();
        }
        double objective =
                BigDecimal.ONE.subtract(BigDecimal.valueOf(budget.value())).doubleValue();
        leaves.add(ratio.get());
        long samples = samples(expression);
        for (int days : OBJECTIVE_DAYS) {
            Slo slo = new Slo(objective, Duration.ofDays(days));
            Query query = new Query(null, null, scope(), groupBy(), USUAL_WINDOW, samples, slo);
            if (PromQlForms.tidy(new ToPromQl(query, name -> OptionalDouble.empty()).expression())
                    .equals(expression)) {
                return Optional.of(query);
            }
        }
        leaves.clear();
        return Optional.empty();
    }

    private static long samples(PromQl expression) {
        PromQl at = expression;
        while (at instanceof Binary either
                && (either.operator().equals("or") || either.operator().equals("and"))) {
            if (wanted(either.right()) > 1) {
                return wanted(either.right());
            }
            at = either.left();
        }
        return 1;
    }
}
