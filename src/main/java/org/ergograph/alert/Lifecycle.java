package org.ergograph.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.ergograph.alert.AlertState.Failed;
import org.ergograph.alert.AlertState.Firing;
import org.ergograph.alert.AlertState.Inactive;
import org.ergograph.alert.AlertState.NoData;
import org.ergograph.alert.AlertState.Pending;
import org.ergograph.alert.AlertState.Resolved;
import org.ergograph.alert.AlertState.Resolving;
import org.ergograph.alert.condition.Verdict;
import org.ergograph.alert.condition.Verdict.Outcome;

/**
 * How an alert begins, goes on and ends. Pure.
 *
 * <p>What lasts, the time before it fires and before it is resolved, is the sum of the times between two evaluations that both
 * found the same. Times about which nothing is known, or in which the condition was neither met nor clear, count for nothing and
 * take nothing away.
 */
public final class Lifecycle {
    private Lifecycle() {}

    /**
     * Where an evaluation leads. Out of {@link Resolved} nothing leads: what comes afterwards is another alert, which begins with
     * {@link Inactive} and {@link Recent#NONE}.
     *
     * @param elapsed monotonic time since the evaluation before; negative counts as none
     * @param now only noted, never compared
     */
    public static Transition next(
            AlertState state, Recent recent, RuleTiming timing, Verdict verdict, Duration elapsed, Instant now) {
        if (state instanceof Resolved) {
            return new Transition(state, recent, "it is over", false);
        }
        Outcome outcome = meant(verdict.outcome(), timing.onNoData());
        if (outcome == Outcome.NO_DATA || outcome == Outcome.ERROR) {
            return frozen(state, recent, outcome, verdict.reason(), now);
        }
        boolean isFrozen = state.known() != state;
        Duration known = isFrozen || elapsed.isNegative() ? Duration.ZERO : elapsed;
        Outcome before = recent.newest().isEmpty() ? Outcome.BETWEEN : dampened(recent, timing);
        Recent longer = recent.with(outcome, known, timing.dampening());
        Outcome counts = dampened(longer, timing);
        Step step = new Step(
                state.known(), timing, before == counts ? known : Duration.ZERO, now, because(verdict, longer, timing));
        Transition led = switch (counts) {
            case MET -> step.met(longer);
            case CLEAR -> step.clear(longer);
            default -> step.to(longer, state.known(), "");
        };
        return isFrozen ? new Transition(led.state(), led.recent(), led.reason(), true) : led;
    }

    /**
     * Ends an alert by hand; empty if it does not fire.
     *
     * @param owner who ends it
     */
    public static Optional<Transition> resolvedBy(String owner, AlertState state, Recent recent, Instant now) {
        if (!state.fires()) {
            return Optional.empty();
        }
        return Optional.of(new Transition(new Resolved(now), recent, "resolved by " + owner, true));
    }

    private static Outcome meant(Outcome outcome, OnNoData onNoData) {
        if (outcome != Outcome.NO_DATA) {
            return outcome;
        }
        return switch (onNoData) {
            case KEEP -> Outcome.NO_DATA;
            case FIRE -> Outcome.MET;
            case RESOLVE -> Outcome.CLEAR;
        };
    }

    private static Transition frozen(AlertState state, Recent recent, Outcome outcome, String reason, Instant now) {
        if (outcome == Outcome.NO_DATA) {
            boolean changed = !(state instanceof NoData);
            return new Transition(changed ? new NoData(now, state.known()) : state, recent, reason, changed);
        }
        boolean changed = !(state instanceof Failed);
        Instant since = changed ? now : state.since();
        return new Transition(new Failed(since, state.known(), reason), recent, reason, changed);
    }

    /** What the newest evaluation counts as, together with those before it. There is at least one. */
    private static Outcome dampened(Recent recent, RuleTiming timing) {
        Outcome newest = recent.newest().orElseThrow().outcome();
        Dampening dampening = timing.dampening();
        if (dampening == null) {
            return newest;
        }
        if (recent.met() >= dampening.n()) {
            return Outcome.MET;
        }
        return newest == Outcome.MET ? Outcome.BETWEEN : newest;
    }

    private static String because(Verdict verdict, Recent recent, RuleTiming timing) {
        Dampening dampening = timing.dampening();
        if (dampening == null) {
            return verdict.reason();
        }
        String among =
                dampening.within() == null ? "of the last " + dampening.m() : "within " + Words.of(dampening.within());
        return "%s; met %d times %s, %d wanted".formatted(verdict.reason(), recent.met(), among, dampening.n());
    }

    /** One evaluation that found something, seen from the state that was known before it. */
    private record Step(AlertState from, RuleTiming timing, Duration lasted, Instant now, String because) {
        Transition met(Recent recent) {
            if (from instanceof Inactive) {
                return wait(recent, new Pending(now, Duration.ZERO));
            }
            if (from instanceof Pending pending) {
                return wait(recent, new Pending(pending.since(), pending.held().plus(lasted)));
            }
            if (from instanceof Resolving resolving) {
                return to(recent, new Firing(resolving.firingSince()), "it is back");
            }
            return to(recent, from, "");
        }

        private Transition wait(Recent recent, Pending pending) {
            if (pending.held().compareTo(timing.hold()) >= 0) {
                return to(recent, new Firing(now), timing.hold().isZero() ? "" : "for " + Words.of(pending.held()));
            }
            return to(recent, pending, "for %s of %s".formatted(Words.of(pending.held()), Words.of(timing.hold())));
        }

        Transition clear(Recent recent) {
            if (from instanceof Pending) {
                return to(recent, new Inactive(now), "before it was held for " + Words.of(timing.hold()));
            }
            if (from instanceof Firing firing) {
                return timing.autoResolve()
                        ? leave(recent, new Resolving(now, firing.since(), Duration.ZERO))
                        : to(recent, from, "waits for somebody to resolve it");
            }
            if (from instanceof Resolving resolving) {
                return timing.autoResolve()
                        ? leave(
                                recent,
                                new Resolving(
                                        resolving.since(),
                                        resolving.firingSince(),
                                        resolving.cleared().plus(lasted)))
                        : to(recent, new Firing(resolving.firingSince()), "waits for somebody to resolve it");
            }
            return to(recent, from, "");
        }

        private Transition leave(Recent recent, Resolving resolving) {
            if (resolving.cleared().compareTo(timing.keepFiringFor()) >= 0) {
                return to(
                        recent,
                        new Resolved(now),
                        timing.keepFiringFor().isZero() ? "" : "gone for " + Words.of(resolving.cleared()));
            }
            return to(
                    recent,
                    resolving,
                    "gone for %s of %s".formatted(Words.of(resolving.cleared()), Words.of(timing.keepFiringFor())));
        }

        Transition to(Recent recent, AlertState state, String detail) {
            String reason = detail.isEmpty() ? because : because + "; " + detail;
            return new Transition(state, recent, reason, state.getClass() != from.getClass());
        }
    }
}
