package org.ergograph.alert.condition;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.ergograph.window.ValueAdder;
import org.jspecify.annotations.Nullable;

/**
 * One cycle of evaluation at one moment: the figures of a group are computed once for all rules that look at the same stretch,
 * scope and labels. What the source of the facts throws goes to the caller; nothing else is thrown. Not thread-safe.
 */
public final class Evaluation {
    private record GroupKey(LookBack lookBack, Scope scope, List<String> groupBy) {}

    /** @param node empty for all nodes together */
    private record SampleKey(LookBack lookBack, String name, String node) {}

    private final FactsSource source;
    private final Map<GroupKey, Groups> groups = new HashMap<>();
    private final Map<SampleKey, SampleFigures> samples = new HashMap<>();
    private final Map<String, OptionalDouble> thresholds = new HashMap<>();

    public Evaluation(FactsSource source) {
        this.source = source;
    }

    /**
     * What is to be said of each of the rule's subjects: of {@link Subject#ALL} alone if it groups by nothing, else of those that
     * the facts have, in no particular order, and of those known.
     *
     * @param known subjects of which something is to be said even if the facts have nothing of them: those with an open alert
     */
    public List<Finding> evaluate(Query query, Collection<Subject> known) {
        Slo slo = query.slo();
        return slo == null ? conditions(query, known) : objectives(query, slo, known);
    }

    private List<Finding> conditions(Query query, Collection<Subject> known) {
        Groups own = groups(LookBack.of(query.window()), query.scope(), query.groupBy());
        Inquiry inquiry = new Inquiry(this, query, own.of(Subject.ALL));
        Map<Subject, SeriesFigures> present = ofNodes(query) ? Map.of() : own.bySubject();
        List<Finding> findings = new ArrayList<>(present.size());
        present.forEach((subject, figures) -> findings.add(inquire(query, inquiry, subject, figures)));
        for (Subject subject : others(query, known)) {
            if (!present.containsKey(subject)) {
                findings.add(inquire(query, inquiry, subject, own.of(subject)));
            }
        }
        return findings;
    }

    private static Finding inquire(Query query, Inquiry inquiry, Subject subject, Figures figures) {
        inquiry.turnTo(subject, figures);
        return new Finding(subject, verdict(query, inquiry));
    }

    /** Whether the subjects are the nodes that have the samples, since the rule looks at nothing else. */
    private static boolean ofNodes(Query query) {
        return query.groupBy().equals(List.of(Query.NODE))
                && query.condition() != null
                && !query.condition().samplesAlone().isEmpty();
    }

    /** Subjects beside those that the series of the window itself have. */
    private Set<Subject> others(Query query, Collection<Subject> known) {
        if (query.groupBy().isEmpty()) {
            return Set.of();
        }
        Set<Subject> others = new LinkedHashSet<>();
        if (query.condition() != null && ofNodes(query)) {
            Set<String> names = query.condition().samplesAlone();
            source.facts(LookBack.of(query.window())).samples().stream()
                    .filter(each -> names.contains(each.name()))
                    .forEach(each -> others.add(new Subject(Map.of(Query.NODE, each.node()))));
        }
        if (query.remembers()) {
            others.addAll(groups(query.remembered(), query.scope(), query.groupBy())
                    .bySubject()
                    .keySet());
        }
        others.addAll(known);
        return others;
    }

    private static Verdict verdict(Query query, Inquiry inquiry) {
        Answer met =
                query.condition() == null ? Answer.UNKNOWN : query.condition().of(inquiry);
        if (met == Answer.YES) {
            return Sentences.verdict(Verdict.Outcome.MET, inquiry);
        }
        if (met == Answer.NO && query.clearCondition() != null) {
            Answer clear = query.clearCondition().of(inquiry);
            if (clear != Answer.UNKNOWN) {
                return Sentences.verdict(
                        clear == Answer.YES ? Verdict.Outcome.CLEAR : Verdict.Outcome.BETWEEN, inquiry);
            }
            met = clear;
        }
        if (met == Answer.NO) {
            return Sentences.verdict(Verdict.Outcome.CLEAR, inquiry);
        }
        return Sentences.verdict(inquiry.failure() == null ? Verdict.Outcome.NO_DATA : Verdict.Outcome.ERROR, inquiry);
    }

    private List<Finding> objectives(Query query, Slo slo, Collection<Subject> known) {
        List<Finding> findings = new ArrayList<>();
        Set<Subject> subjects = new LinkedHashSet<>();
        if (query.groupBy().isEmpty()) {
            subjects.add(Subject.ALL);
        } else {
            slo.lookBacks()
                    .forEach(lookBack -> subjects.addAll(groups(lookBack, query.scope(), query.groupBy())
                            .bySubject()
                            .keySet()));
            subjects.addAll(known);
        }
        for (Subject subject : subjects) {
            findings.add(new Finding(
                    subject,
                    slo.verdict(
                            query.minSamples(),
                            lookBack -> groups(lookBack, query.scope(), query.groupBy())
                                    .of(subject))));
        }
        return findings;
    }

    /** What the series of the scope came to in this stretch, by subject. */
    Groups groups(LookBack lookBack, Scope scope, List<String> groupBy) {
        GroupKey key = new GroupKey(lookBack, scope, groupBy);
        Groups made = groups.get(key);
        if (made == null) {
            made = new Groups(source.facts(lookBack), scope, groupBy);
            groups.put(key, made);
        }
        return made;
    }

    /** What the source came to, which is the same for all subjects. */
    Figures figures(Source from, Duration window) {
        LookBack lookBack = from.lookBack(window);
        return from.isOfSamples()
                ? samples(lookBack, from.name(), "")
                : groups(lookBack, new Scope(from.name()), List.of()).of(Subject.ALL);
    }

    /** @param node empty for all nodes together */
    SampleFigures samples(LookBack lookBack, String name, String node) {
        SampleKey key = new SampleKey(lookBack, name, node);
        @Nullable SampleFigures made = samples.get(key);
        if (made == null) {
            Facts facts = source.facts(lookBack);
            ValueAdder adder = new ValueAdder();
            facts.samples().stream()
                    .filter(each -> each.name().equals(name)
                            && (node.isEmpty() || each.node().equals(node)))
                    .forEach(each -> adder.add(each.values()));
            made = new SampleFigures(facts.known(), adder.take());
            samples.put(key, made);
        }
        return made;
    }

    OptionalDouble threshold(String name) {
        return thresholds.computeIfAbsent(name, source::threshold);
    }
}
