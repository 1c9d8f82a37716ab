package org.ergograph.alert.condition;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The series of a scope in one stretch of time, put together by subject. Not thread-safe. */
final class Groups {
    private final Map<Subject, SeriesFigures> figures = new HashMap<>();
    private final SeriesFigures none;

    /** @param groupBy the labels that tell subjects apart; a series that has not all of them is left out */
    Groups(Facts facts, Scope scope, List<String> groupBy) {
        double seconds = facts.known() ? facts.seconds() : 0;
        none = new SeriesFigures(seconds);
        if (groupBy.isEmpty()) {
            figures.put(Subject.ALL, new SeriesFigures(seconds));
        }
        for (SeriesFacts series : facts.series()) {
            Subject subject = scope.matches(series.kind(), series.name()) ? subject(series, groupBy) : null;
            if (subject != null) {
                figures.computeIfAbsent(subject, first -> new SeriesFigures(seconds))
                        .add(series.distribution());
            }
        }
    }

    private static @Nullable Subject subject(SeriesFacts series, List<String> groupBy) {
        if (groupBy.isEmpty()) {
            return Subject.ALL;
        }
        Map<String, String> labels = new TreeMap<>();
        for (String label : groupBy) {
            switch (label) {
                case Query.SERIES -> {
                    labels.putAll(series.attributes());
                    labels.put(Query.KIND, series.kind());
                    labels.put(Query.SERIES, series.name());
                }
                case Query.KIND -> labels.put(Query.KIND, series.kind());
                case Query.NODE -> labels.put(Query.NODE, series.node());
                default -> {
                    String value = series.attributes().get(label);
                    if (value == null) {
                        return null;
                    }
                    labels.put(label, value);
                }
            }
        }
        return new Subject(labels);
    }

    /** The figures by subject. */
    Map<Subject, SeriesFigures> bySubject() {
        return figures;
    }

    /** The subject's figures; those of nothing if there is nothing of it. */
    SeriesFigures of(Subject subject) {
        return figures.getOrDefault(subject, none);
    }
}
