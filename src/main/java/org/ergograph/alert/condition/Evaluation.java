package org.ergograph.alert.condition;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One cycle of evaluation at one moment: the figures of a group are computed once for all rules that look at the same stretch,
 * scope and labels. Not thread-safe.
 */
public final class Evaluation {
    private final FactsSource source;

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
        Set<Subject> subjects = new LinkedHashSet<>(known);
        if (query.groupBy().isEmpty()) {
            subjects.add(Subject.ALL);
        }
        source.facts(LookBack.of(query.window()));
        List<Finding> findings = new ArrayList<>();
        subjects.forEach(subject -> findings.add(
                new Finding(subject, Verdict.without(Verdict.Outcome.NO_DATA, "nothing is known of the subject"))));
        return findings;
    }
}
