package org.ergograph.alert.condition;

import java.time.Duration;
import java.util.List;

/** Queries as tests want them: over five minutes, of everything, without a least number of samples. */
final class Queries {
    static final Duration WINDOW = Duration.ofMinutes(5);

    private Queries() {}

    static Query of(String condition, String... groupBy) {
        return new Query(Condition.parse(condition), null, Scope.SYSTEM, List.of(groupBy), WINDOW, 1, null);
    }

    static Query in(String scope, String condition, String... groupBy) {
        return new Query(Condition.parse(condition), null, new Scope(scope), List.of(groupBy), WINDOW, 1, null);
    }

    static Query of(Slo slo, long minSamples, String... groupBy) {
        return new Query(null, null, Scope.SYSTEM, List.of(groupBy), WINDOW, minSamples, slo);
    }

    /** What is said of the only subject. */
    static Verdict only(FactsSource facts, Query query) {
        List<Finding> findings = new Evaluation(facts).evaluate(query, List.of());
        if (findings.size() != 1) {
            throw new AssertionError("findings: " + findings);
        }
        return findings.get(0).verdict();
    }

    static Verdict only(FactsSource facts, String condition) {
        return only(facts, of(condition));
    }
}
