package org.ergograph.window;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * How sampled values were distributed in a stretch of time that moves on: parts are added at its end and dropped at its
 * beginning. Not thread-safe.
 */
public final class MovingValues {
    private final Deque<ValueDistribution> parts = new ArrayDeque<>();
    private final ValueAdder adder = new ValueAdder();
    private @Nullable ValueDistribution current = ValueDistribution.empty();

    /** Makes one of nothing. */
    public MovingValues() {}

    /** Adds a part at the end. */
    public void add(ValueDistribution part) {
        parts.add(part);
        current = null;
    }

    /**
     * Drops the part that was added first of those that are left.
     *
     * @throws java.util.NoSuchElementException if none is
     */
    public void dropFirst() {
        parts.remove();
        current = null;
    }

    /** Whether no part is left. */
    public boolean isEmpty() {
        return parts.isEmpty();
    }

    /** Everything that was added and not dropped. Added up anew, because sums of doubles cannot be taken apart again. */
    public ValueDistribution distribution() {
        ValueDistribution known = current;
        if (known == null) {
            parts.forEach(adder::add);
            known = adder.take();
            current = known;
        }
        return known;
    }
}
