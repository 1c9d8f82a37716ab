package org.ergograph.alert.condition;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What an alert is about: the labels by which the rule tells its subjects apart; without any if it has one subject only.
 * Immutable and thread-safe. Two of equal labels are equal.
 */
public final class Subject {
    /** Of everything that the rule looks at. */
    public static final Subject ALL = new Subject(Map.of());

    private final Map<String, String> labels;
    /** Kept, since every evaluation of every rule looks subjects up. */
    private final int hash;

    /** @param labels by name */
    public Subject(Map<String, String> labels) {
        this.labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        this.hash = this.labels.hashCode();
    }

    /** By name, in the order of the names. */
    public Map<String, String> labels() {
        return labels;
    }

    /** The labels in one text, {@code server="a", tool="b"} say; equal for equal subjects and only for them. */
    public String key() {
        return labels.entrySet().stream()
                .map(label -> label.getKey() + "=\""
                        + label.getValue().replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(", "));
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Subject subject && subject.hash == hash && subject.labels.equals(labels));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return "{" + key() + "}";
    }
}
