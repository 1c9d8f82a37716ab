package org.ergograph.alert.routing;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.ergograph.alert.Acknowledgement;
import org.ergograph.alert.Alert;
import org.ergograph.alert.AlertState.Resolved;
import org.ergograph.alert.routing.Decision.Hold;

/** Decides whether a channel is told of an alert now. Pure. */
public final class Decisions {
    private Decisions() {}

    /**
     * Decides about one alert and one channel. To be asked at every evaluation, about every alert that fires and every one that
     * has ended for as long as {@link Hold#later()}; the facts of an alert that has ended, what silences and what hides it, are
     * as they are now.
     *
     * @param told before the decisions of this moment
     * @param settled whether every rule whose alerts may hide others was evaluated since this node began to evaluate
     */
    public static Decision decide(Alert alert, ChannelPolicy channel, Told told, boolean settled, Instant now) {
        boolean isOver = alert.state() instanceof Resolved;
        if (!isOver && !alert.state().fires()) {
            return new Hold("it does not fire: " + alert.state().word(), false);
        }
        boolean knows = told.here() != null && told.here().firing();
        // Its severity may have become less since the channel was told: what it believes has to end all the same.
        if (alert.rule().severity().compareTo(channel.minSeverity()) < 0 && !(knows && isOver)) {
            return new Hold(
                    "%s is less than %s, which %s begins with"
                            .formatted(
                                    alert.rule().severity().word(),
                                    channel.minSeverity().word(),
                                    channel.name()),
                    false);
        }
        Limits limits = new Limits(alert.rule().notice(), channel, told, now);
        if (!isOver) {
            return held(alert, settled)
                    .map(why -> (Decision) new Hold(why, true))
                    .orElseGet(() -> knows ? again(alert, limits) : first(alert, limits));
        }
        if (told.here() != null && told.here().resolved()) {
            return new Hold("it was told that it is over", false);
        }
        if (!channel.sendResolved()) {
            return new Hold(channel.name() + " is not told what is over", false);
        }
        return knows ? over(alert, limits, settled) : story(alert, limits, settled);
    }

    /** Why nobody is told of it, whatever there is to tell. */
    private static Optional<String> held(Alert alert, boolean settled) {
        if (!settled) {
            return Optional.of("the rules whose alerts may hide it were not evaluated yet");
        }
        if (!alert.silencedBy().isEmpty()) {
            return Optional.of("silenced by " + listed(alert.silencedBy()));
        }
        if (!alert.inhibitedBy().isEmpty()) {
            return Optional.of("hidden by " + listed(alert.inhibitedBy()));
        }
        return Optional.empty();
    }

    private static String listed(Set<String> ids) {
        return String.join(", ", new TreeSet<>(ids));
    }

    /** The channel does not know that it fires. */
    private static Decision first(Alert alert, Limits limits) {
        if (isEscalated(alert, limits.now())
                && acknowledged(alert, limits.now()).isEmpty()) {
            return limits.tell(Occasion.ESCALATED, escalated(alert));
        }
        Optional<Hold> paused = limits.paused();
        return paused.isPresent() ? paused.get() : limits.tell(Occasion.FIRING, "it fires");
    }

    /** The channel knows that it fires. */
    private static Decision again(Alert alert, Limits limits) {
        Optional<Acknowledgement> acknowledged = acknowledged(alert, limits.now());
        if (acknowledged.isPresent()) {
            Instant until = acknowledged.get().until();
            return new Hold(
                    "acknowledged by " + acknowledged.get().owner() + (until == null ? "" : " until " + until), true);
        }
        LastTold here = limits.here();
        if (isEscalated(alert, limits.now()) && !here.escalated()) {
            return limits.tell(Occasion.ESCALATED, escalated(alert));
        }
        Duration pause = limits.repeat();
        if (limits.isWithin(here.at(), pause)) {
            return new Hold("told at %s, again at %s".formatted(here.at(), limits.end(here.at(), pause)), true);
        }
        return limits.tell(Occasion.REPEAT, "it still fires, told at " + here.at());
    }

    /** It has ended, and the channel believes that it fires. */
    private static Decision over(Alert alert, Limits limits, boolean settled) {
        Optional<String> held = held(alert, settled);
        if (held.isPresent()) {
            return new Hold(held.get(), true);
        }
        return limits.tell(Occasion.RESOLVED, "it is over");
    }

    /** It has ended, and the channel never knew. */
    private static Decision story(Alert alert, Limits limits, boolean settled) {
        Optional<String> held = held(alert, settled);
        if (held.isPresent()) {
            return new Hold("it ended before it was told: " + held.get(), !settled);
        }
        if (!limits.heldFrom(alert.firedAt())) {
            return new Hold("it ended before it was told", false);
        }
        Optional<Hold> paused = limits.paused();
        return paused.isPresent()
                ? paused.get()
                : limits.tell(Occasion.RESOLVED, "it began and ended while messages about it were held back");
    }

    private static boolean isEscalated(Alert alert, Instant now) {
        Duration delay = alert.rule().notice().escalation();
        Instant firedAt = alert.firedAt();
        if (delay.isZero() || firedAt == null) {
            return false;
        }
        return alert.escalatedAt() != null || !now.isBefore(firedAt.plus(delay));
    }

    private static String escalated(Alert alert) {
        return "it fires since %s, and nobody has acknowledged it".formatted(alert.firedAt());
    }

    private static Optional<Acknowledgement> acknowledged(Alert alert, Instant now) {
        return Optional.ofNullable(alert.acknowledgement()).filter(acknowledgement -> acknowledgement.holds(now));
    }
}
