package org.ergograph.alert.condition;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What a condition is asked about: one subject of one rule, and then the next. Notes what decided, so that the answer needs no
 * more than itself. Not thread-safe.
 */
final class Inquiry {
    private final Evaluation evaluation;
    private final Query query;
    /** Of sources that are the same for all subjects. */
    private final Map<Source, Figures> shared = new HashMap<>();

    private final boolean byNode;
    private Subject subject = Subject.ALL;
    private Figures own;
    private Truth.@Nullable Leaf leaf;
    private double value = Double.NaN;
    private double other = Double.NaN;
    private @Nullable String failure;

    Inquiry(Evaluation evaluation, Query query, Figures own) {
        this.evaluation = evaluation;
        this.query = query;
        this.own = own;
        this.byNode = query.groupBy().contains(Query.NODE);
    }

    /** Asks of this subject from now on. */
    void turnTo(Subject next, Figures figures) {
        subject = next;
        own = figures;
        failure = null;
    }

    Duration window() {
        return query.window();
    }

    long minSamples() {
        return query.minSamples();
    }

    /** The figures of the subject itself, as they are now. */
    Figures own() {
        return own;
    }

    Figures figures(Source source) {
        if (source.of() == Source.Of.SUBJECT) {
            return source.before().isZero()
                    ? own
                    : evaluation
                            .groups(source.lookBack(window()), query.scope(), query.groupBy())
                            .of(subject);
        }
        if (source.isOfSamples() && byNode) {
            return evaluation.samples(
                    source.lookBack(window()), source.name(), subject.labels().getOrDefault(Query.NODE, ""));
        }
        Figures known = shared.get(source);
        if (known == null) {
            known = evaluation.figures(source, window());
            shared.put(source, known);
        }
        return known;
    }

    OptionalDouble threshold(String name) {
        return evaluation.threshold(name);
    }

    /** Says that something is wrong with the rule itself. */
    void fail(String reason) {
        failure = reason;
    }

    /** What is wrong with the rule itself; null if nothing is. */
    @Nullable
    String failure() {
        return failure;
    }

    /**
     * Notes what decides for now.
     *
     * @param decides null if no figure does
     * @param first what was compared, with the second
     */
    void decide(Truth.@Nullable Leaf decides, double first, double second) {
        leaf = decides;
        value = first;
        other = second;
    }

    Truth.@Nullable Leaf leaf() {
        return leaf;
    }

    double value() {
        return value;
    }

    double other() {
        return other;
    }

    /** Why what decides is not known. */
    String why() {
        String reason = leaf == null ? null : leaf.why(this);
        return reason == null ? "it is not known" : reason;
    }
}
