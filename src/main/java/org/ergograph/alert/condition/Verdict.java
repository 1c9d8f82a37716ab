package org.ergograph.alert.condition;

import java.util.OptionalDouble;

/**
 * What a condition came to for one subject. Immutable.
 *
 * @param metric what was compared first, as the condition writes it; empty if nothing was
 * @param value the value of the metric; empty if there is none
 * @param threshold what it was compared with; empty if that is no number
 * @param samples how many observations or samples the value rests on
 * @param reason one sentence for people: why it came to this
 */
public record Verdict(
        Outcome outcome, String metric, OptionalDouble value, OptionalDouble threshold, long samples, String reason) {
    /** What it came to. */
    public enum Outcome {
        /** The condition is met. */
        MET,
        /** It is not met, nor is the condition for being clear again, which the rule has beside it. */
        BETWEEN,
        /** It is not met, and the condition for being clear again, if there is one, is. */
        CLEAR,
        /** There are no samples, or fewer than the rule wants. */
        NO_DATA,
        /** It could not be evaluated. */
        ERROR
    }

    /**
     * Whether an error budget burns slowly enough to wait until somebody is at work: its alert is then a warning at most,
     * whatever the severity of the rule, which is that of the faster burns.
     */
    public boolean ticket() {
        return metric.startsWith(BurnRate.TICKET);
    }

    /** A verdict that rests on no value. */
    public static Verdict without(Outcome outcome, String reason) {
        return new Verdict(outcome, "", OptionalDouble.empty(), OptionalDouble.empty(), 0, reason);
    }
}
