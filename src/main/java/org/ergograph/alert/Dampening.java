package org.ergograph.alert;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A condition counts as met while so many evaluations found it so: {@code n} of the last {@code m}, or {@code n} within a
 * time, the newest among them. It begins and ends to count by the same number: what was met three times of the last five is
 * still met after one evaluation that found it clear. Immutable.
 *
 * @param n from 1
 * @param m from n to 64; 0 if within a time
 * @param within exclusive; null if among a number of evaluations
 */
public record Dampening(int n, int m, @Nullable Duration within) {
    private static final int MOST = 64;

    public Dampening {
        if (n < 1 || n > MOST) {
            throw new IllegalArgumentException("n is %d: must be 1 to %d".formatted(n, MOST));
        }
        if (within == null) {
            if (m < n || m > MOST) {
                throw new IllegalArgumentException("m is %d: must be %d (n) to %d".formatted(m, n, MOST));
            }
        } else if (m != 0 || within.isNegative() || within.isZero()) {
            throw new IllegalArgumentException(
                    "within is %s and m is %d: must be positive, and one of the two given".formatted(within, m));
        }
    }

    /** {@code n} of the last {@code m} evaluations. */
    public static Dampening of(int n, int m) {
        return new Dampening(n, m, null);
    }

    /** {@code n} evaluations within this time. */
    public static Dampening within(int n, Duration time) {
        return new Dampening(n, 0, time);
    }
}
