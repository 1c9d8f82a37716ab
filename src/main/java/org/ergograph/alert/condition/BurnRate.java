package org.ergograph.alert.condition;

import java.time.Duration;

/**
 * How fast an error budget must not burn, over a long and a short stretch of time. Immutable.
 *
 * @param factor above which it burns too fast
 * @param ticket whether it can wait until somebody is at work
 */
public record BurnRate(double factor, Duration longer, Duration shorter, boolean ticket) {
    /** What the metric of a ticket begins with. */
    static final String TICKET = "burn_rate_ticket";

    private static final String PAGE = "burn_rate_page";

    /** The same factor over stretches so many times as long, in whole minutes, upwards. */
    BurnRate stretched(double times) {
        return new BurnRate(factor, minutes(longer, times), minutes(shorter, times), ticket);
    }

    private static Duration minutes(Duration length, double times) {
        return Duration.ofMinutes((long) Math.max(1, Math.ceil(length.toMinutes() * times - 1e-9)));
    }

    /** How a verdict names what it measures. */
    String metric() {
        return (ticket ? TICKET : PAGE) + "(\"" + longer + "\")";
    }
}
