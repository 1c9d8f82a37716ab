package org.ergograph.notify.backtest;

import java.time.Instant;
import java.util.List;
import org.ergograph.history.query.Piece;
import org.jspecify.annotations.Nullable;

/**
 * How much of the range there was data for. Immutable.
 *
 * @param steps how many evaluations there were
 * @param withData how many of them came to something that rests on at least one observation or sample
 * @param failed how many of them could not be evaluated
 * @param series of how many series that the rule may look at there was anything
 * @param firstData the first evaluation with data; null if none had any
 * @param lastData the last one
 * @param failure why the first one failed that did; null if none did
 * @param pieces which tiers answered for which parts, what was looked back upon included
 */
record Coverage(
        long steps,
        long withData,
        long failed,
        int series,
        @Nullable Instant firstData,
        @Nullable Instant lastData,
        @Nullable String failure,
        List<Piece> pieces) {
    Coverage {
        pieces = List.copyOf(pieces);
    }

    /** In one word; without matching data no episode means nothing. */
    String result() {
        return withData > 0 ? "EVALUATED" : "NO_MATCHING_DATA";
    }

    /** From 0 to 1. */
    double share() {
        return steps == 0 ? 0 : (double) withData / steps;
    }
}
