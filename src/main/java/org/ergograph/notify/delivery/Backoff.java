package org.ergograph.notify.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long to wait before the next attempt: 1 s, twice as long each time, 5 min at most, 20% more or less. Pure. */
final class Backoff {
    private static final long FIRST_MILLIS = 1_000;
    private static final long MAX_MILLIS = 300_000;
    private static final int MAX_DOUBLINGS = 9;
    private static final double SPREAD = 0.2;

    private Backoff() {}

    /**
     * @param attempts how many there were, from 1
     * @param retryAfter what the receiver asked for, which is waited for at least; null if nothing
     * @param random 0 to 1
     */
    static Duration after(int attempts, @Nullable Duration retryAfter, double random) {
        long millis = Math.min(MAX_MILLIS, FIRST_MILLIS << Math.min(MAX_DOUBLINGS, attempts - 1));
        Duration wait = Duration.ofMillis(Math.round(millis * (1 - SPREAD + 2 * SPREAD * random)));
        return retryAfter != null && retryAfter.compareTo(wait) > 0 ? retryAfter : wait;
    }
}
