package org.ergograph.notify.delivery;

import java.time.Duration;
import java.time.Instant;
import org.ergograph.notify.delivery.channel.Delivered;

/**
 * How an attempt ended, and what becomes of its message. Immutable.
 *
 * @param result of the attempt: {@code sent}, {@code failed} or {@code refused}
 * @param state of the message: {@link #SENT}, {@link #DEAD} or {@link #WAITING}
 * @param nextAt when it may be tried again
 */
record Ended(String result, String state, String detail, Instant at, Instant nextAt) {
    static final String WAITING = "waiting";
    static final String SENDING = "sending";
    static final String SENT = "sent";
    static final String DEAD = "dead";

    /** @param random 0 to 1 */
    static Ended of(Begun begun, Delivered delivered, Instant now, Duration giveUp, double random) {
        if (delivered instanceof Delivered.Sent) {
            return new Ended("sent", SENT, delivered.detail(), now, now);
        }
        if (delivered instanceof Delivered.Refused) {
            return new Ended("refused", DEAD, delivered.detail(), now, now);
        }
        Duration wait = Backoff.after(begun.attempt(), ((Delivered.Failed) delivered).retryAfter(), random);
        Instant since = begun.message().sinceAt();
        boolean over = Duration.between(since, now).compareTo(giveUp) >= 0;
        return new Ended("failed", over ? DEAD : WAITING, delivered.detail(), now, now.plus(wait));
    }
}
