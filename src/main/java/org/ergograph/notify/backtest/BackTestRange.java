package org.ergograph.notify.backtest;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.ergograph.alert.Rule;
import org.ergograph.web.JsonBody;

/**
 * Over which range a back-test goes, and how much it lists. Immutable.
 *
 * @param limit how many alerts are listed
 */
record BackTestRange(Instant from, Instant to, int limit) {
    private static final Duration USUAL = Duration.ofDays(1);

    /** Reads {@code from}, {@code to} and {@code limit}; faults are told by {@code body.check()}. */
    static BackTestRange read(JsonBody body, Instant now) {
        Instant givenTo = body.instant("to");
        Instant to = givenTo == null ? now : givenTo;
        Instant givenFrom = body.instant("from");
        Instant from = givenFrom == null ? to.minus(USUAL) : givenFrom;
        if (from.isAfter(to)) {
            body.fault("from", from.toString(), "not after to, which is " + to);
        }
        return new BackTestRange(from, to, body.integer("limit", BackTests.USUAL_EPISODES, 0, BackTests.MOST_EPISODES));
    }

    /** Runs it; the server does not say that a client has gone, so only the deadline ends it early. */
    CompletionStage<JsonObject> run(BackTests backTests, Rule rule) {
        return backTests.run(rule, from, to, limit, () -> false);
    }
}
