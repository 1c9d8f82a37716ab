package org.ergograph.alert.condition;

import java.time.Duration;

/**
 * A stretch of time before the moment of an evaluation. Immutable.
 *
 * @param length how long it is, positive
 * @param offset how long before that moment it ends; zero ends it there
 */
public record LookBack(Duration length, Duration offset) {
    public LookBack {
        if (length.isNegative() || length.isZero() || offset.isNegative()) {
            throw new IllegalArgumentException(
                    "length " + length + ", offset " + offset + ": must be positive, and not negative");
        }
    }

    /** The stretch that ends at the moment of the evaluation. */
    public static LookBack of(Duration length) {
        return new LookBack(length, Duration.ZERO);
    }
}
