package org.ergograph.alert.routing;

import java.time.Duration;
import java.util.Optional;

/**
 * At most so many messages a minute, all of which may come at once: a bucket of tokens that fills evenly. Immutable; what is
 * left is in {@link Left}.
 *
 * @param perMinute positive
 */
public record RateLimit(int perMinute) {
    private static final double NANOS_A_MINUTE = 60e9;

    public RateLimit {
        if (perMinute < 1) {
            throw new IllegalArgumentException("perMinute is " + perMinute + ": must be 1 or more");
        }
    }

    /**
     * What may still be sent.
     *
     * @param messages how many at that moment; whole ones count
     * @param atNanos that moment, on the monotonic clock
     */
    public record Left(double messages, long atNanos) {}

    /** Everything is left. */
    public Left full(long nowNanos) {
        return new Left(perMinute, nowNanos);
    }

    /** What is left after one message now; empty if none may be sent. */
    public Optional<Left> take(Left left, long nowNanos) {
        double messages = messages(left, nowNanos);
        return messages < 1 ? Optional.empty() : Optional.of(new Left(messages - 1, nowNanos));
    }

    /** How long until one may be sent; zero if now. */
    public Duration untilNext(Left left, long nowNanos) {
        double missing = Math.max(0, 1 - messages(left, nowNanos));
        return Duration.ofNanos((long) Math.ceil(missing * NANOS_A_MINUTE / perMinute));
    }

    private double messages(Left left, long nowNanos) {
        long elapsed = Math.max(0, nowNanos - left.atNanos());
        return Math.min(perMinute, left.messages() + elapsed * perMinute / NANOS_A_MINUTE);
    }
}
