package org.ergograph.notify.backtest;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a back-test came to. Immutable.
 *
 * @param from the first evaluation
 * @param to the last one
 * @param step the time between two of them
 * @param coverage how much data there was
 * @param episodes the alerts that fired, the earliest first, at most so many as were wanted
 * @param totals of all alerts, those that are not listed too
 */
record Outcome(Instant from, Instant to, Duration step, Coverage coverage, List<Episode> episodes, Totals totals) {
    Outcome {
        episodes = List.copyOf(episodes);
    }

    /** The record has nothing of the range. */
    static Outcome none(BackTest.Question question, Duration step) {
        return new Outcome(
                question.from(),
                question.to(),
                step,
                new Coverage(0, 0, 0, 0, null, null, null, List.of()),
                List.of(),
                new Totals(0, 0, 0, Duration.ZERO, Duration.ZERO, 0));
    }

    /**
     * Sums.
     *
     * @param fired how many alerts fired
     * @param pendingOnly how many were over before they fired
     * @param subjects of how many subjects any fired
     * @param firing for how long all of them fired together
     * @param longest for how long the longest did
     * @param firingAtEnd how many fired at the end of the range
     */
    record Totals(long fired, long pendingOnly, long subjects, Duration firing, Duration longest, long firingAtEnd) {}
}
