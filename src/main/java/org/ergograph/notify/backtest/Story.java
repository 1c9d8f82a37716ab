package org.ergograph.notify.backtest;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import org.ergograph.alert.AlertState;
import org.ergograph.alert.Lifecycle;
import org.ergograph.alert.Recent;
import org.ergograph.alert.RuleTiming;
import org.ergograph.alert.Transition;
import org.ergograph.alert.condition.Subject;
import org.ergograph.alert.condition.Verdict;
import org.jspecify.annotations.Nullable;

/** One subject of the rule under test, from one alert to the next. Not thread-safe. */
final class Story {
    private final Subject subject;
    private AlertState state;
    private Recent recent = Recent.NONE;
    private @Nullable Instant pendingFrom;
    private @Nullable Instant firedFrom;
    private String metric = "";
    private OptionalDouble worst = OptionalDouble.empty();
    private OptionalDouble threshold = OptionalDouble.empty();

    Story(Subject subject, Instant now) {
        this.subject = subject;
        this.state = new AlertState.Inactive(now);
    }

    /** Whether there is an alert. */
    boolean open() {
        return pendingFrom != null;
    }

    /**
     * Goes on with what an evaluation came to.
     *
     * @param elapsed the time since the evaluation before
     * @return the alert, if it is over now
     */
    Optional<Episode> next(RuleTiming timing, Verdict verdict, Duration elapsed, Instant now) {
        Transition transition = Lifecycle.next(state, recent, timing, verdict, elapsed, now);
        state = transition.state();
        recent = transition.recent();
        AlertState where = state.known();
        if (where instanceof AlertState.Inactive || where instanceof AlertState.Resolved) {
            Optional<Episode> over = open() ? Optional.of(episode(now)) : Optional.empty();
            forget();
            if (where instanceof AlertState.Resolved) {
                // Resolved is for good: what comes next is another alert.
                state = new AlertState.Inactive(now);
                recent = Recent.NONE;
            }
            return over;
        }
        if (pendingFrom == null) {
            pendingFrom = now;
        }
        if (firedFrom == null && !(where instanceof AlertState.Pending)) {
            firedFrom = now;
        }
        note(verdict);
        return Optional.empty();
    }

    private void note(Verdict verdict) {
        if (verdict.outcome() != Verdict.Outcome.MET || verdict.value().isEmpty()) {
            return;
        }
        if (worst.isEmpty() || beyond(verdict.value(), verdict.threshold()) > beyond(worst, threshold)) {
            worst = verdict.value();
            threshold = verdict.threshold();
            metric = verdict.metric();
        }
    }

    private static double beyond(OptionalDouble value, OptionalDouble limit) {
        return Math.abs(value.orElse(0) - limit.orElse(0));
    }

    /** The alert that there is now, open. */
    Episode unfinished() {
        return episode(null);
    }

    private Episode episode(@Nullable Instant to) {
        Instant from = pendingFrom;
        if (from == null) {
            throw new IllegalStateException("there is no alert");
        }
        return new Episode(subject, from, firedFrom, to, metric, worst, threshold);
    }

    private void forget() {
        pendingFrom = null;
        firedFrom = null;
        metric = "";
        worst = OptionalDouble.empty();
        threshold = OptionalDouble.empty();
    }
}
