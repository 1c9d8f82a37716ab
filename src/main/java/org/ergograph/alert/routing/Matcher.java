package org.ergograph.alert.routing;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a label has to be. A label that is not there is empty. Immutable and thread-safe; takes time linear in the value. */
public final class Matcher {
    private static final int MAX_LENGTH = 1000;

    /** Repetitions within each other multiply the size of what is compiled. */
    private static final long MAX_REPETITIONS = 1000;

    private static final Pattern REPETITION = Pattern.compile("\\{(\\d{1,4})(?:,(\\d{0,4}))?\\}");

    /** How a label is compared. */
    public enum Operator {
        EQUAL("="),
        NOT_EQUAL("!="),
        /** The whole value matches the expression. */
        MATCHES("=~"),
        MATCHES_NOT("!~");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        /** How it is written. */
        public String sign() {
            return sign;
        }

        /** The operator by the two flags of Alertmanager's API. */
        public static Operator of(boolean isRegex, boolean isEqual) {
            if (isRegex) {
                return isEqual ? MATCHES : MATCHES_NOT;
            }
            return isEqual ? EQUAL : NOT_EQUAL;
        }

        /** Whether its value is an expression. */
        public boolean isRegex() {
            return this == MATCHES || this == MATCHES_NOT;
        }

        /** Whether it wants the label to be so, not to be otherwise. */
        public boolean isEqual() {
            return this == EQUAL || this == MATCHES;
        }
    }

    private final String label;
    private final Operator operator;
    private final String value;
    private final @Nullable Pattern pattern;

    private Matcher(String label, Operator operator, String value, @Nullable Pattern pattern) {
        this.label = label;
        this.operator = operator;
        this.value = value;
        this.pattern = pattern;
    }

    /**
     * A matcher.
     *
     * @param value a text, or an expression of RE2
     * @throws IllegalArgumentException if the label is empty, or the value too long or no expression; the message says which
     */
    public static Matcher of(String label, Operator operator, String value) {
        if (label.isEmpty()) {
            throw new IllegalArgumentException("the label of a matcher is empty");
        }
        if (value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "the value for " + label + " has " + value.length() + " characters: must be at most " + MAX_LENGTH);
        }
        return new Matcher(label, operator, value, operator.isRegex() ? compiled(label, value) : null);
    }

    private static Pattern compiled(String label, String expression) {
        long repetitions = 1;
        for (com.google.re2j.Matcher found = REPETITION.matcher(expression); found.find(); ) {
            String most = found.group(2) == null || found.group(2).isEmpty() ? found.group(1) : found.group(2);
            repetitions *= Math.max(1, Long.parseLong(most));
            if (repetitions > MAX_REPETITIONS) {
                throw new IllegalArgumentException("the expression for %s repeats %d times: must be at most %d in all"
                        .formatted(label, repetitions, MAX_REPETITIONS));
            }
        }
        try {
            return Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "the expression for " + label + " is none: " + e.getDescription() + ": " + e.getPattern(), e);
        }
    }

    /** The name of the label. */
    public String label() {
        return label;
    }

    public Operator operator() {
        return operator;
    }

    /** What it is compared with, as it was given. */
    public String value() {
        return value;
    }

    /** Whether these labels are as wanted. */
    public boolean matches(Map<String, String> labels) {
        return matches(labels.getOrDefault(label, ""));
    }

    /** Whether the label may have this value. */
    boolean matches(String found) {
        boolean same = pattern == null ? found.equals(value) : pattern.matches(found);
        return same == operator.isEqual();
    }

    /** Whether all of them match. */
    static boolean all(List<Matcher> matchers, Map<String, String> labels) {
        return matchers.stream().allMatch(matcher -> matcher.matches(labels));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Matcher that
                && label.equals(that.label)
                && operator == that.operator
                && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return Objects.hash(label, operator, value);
    }

    /** {@code label=~"value"}. */
    @Override
    public String toString() {
        return label + operator.sign + '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
