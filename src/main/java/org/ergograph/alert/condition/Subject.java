package org.ergograph.alert.condition;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What an alert is about: the labels by which the rule tells its subjects apart; without any if it has one subject only.
 * Immutable.
 *
 * @param labels by name, in the order of the names
 */
public record Subject(Map<String, String> labels) {
    /** Of everything that the rule looks at. */
    public static final Subject ALL = new Subject(Map.of());

    public Subject {
        labels = java.util.Collections.unmodifiableMap(new TreeMap<>(labels));
    }

    /** The labels in one text, {@code server="a", tool="b"} say; equal for equal subjects and only for them. */
    public String key() {
        return labels.entrySet().stream()
                .map(label -> label.getKey() + "=\""
                        + label.getValue().replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(", "));
    }
}
