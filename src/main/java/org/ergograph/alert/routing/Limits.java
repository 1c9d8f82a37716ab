package org.ergograph.alert.routing;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.ergograph.alert.Notice;
import org.ergograph.alert.routing.Decision.Hold;
import org.ergograph.alert.routing.Decision.Tell;
import org.jspecify.annotations.Nullable;

/**
 * How often a channel is told of the same alert. A message in the future, which a clock that was moved back leaves behind, counts
 * as one of now. Immutable.
 */
record Limits(Notice notice, ChannelPolicy channel, Told told, Instant now) {
    /** The least pause between two moments at which channels are told of the same alert. */
    static final Duration ALL_CHANNELS = Duration.ofMinutes(1);

    /** What the channel was told of this alert, of which it was told something. */
    LastTold here() {
        return Objects.requireNonNull(told.here());
    }

    /** Tells it, unless it is too soon after another message about the same alert; one of the future never holds back an end. */
    Decision tell(Occasion occasion, String reason) {
        Instant here = told.here() == null ? null : told.here().at();
        if (here != null && isWithin(here, channel.perAlert()) && holdsBack(here, occasion)) {
            return held(channel.name() + " was told of it", here, channel.perAlert());
        }
        Instant before = here == null ? told.episodeBefore() : null;
        if (isAfter(before, channel.perAlert()) && holdsBack(before, occasion)) {
            return held(channel.name() + " was told of it", before, channel.perAlert());
        }
        if (isAfter(told.anywhere(), ALL_CHANNELS) && holdsBack(told.anywhere(), occasion)) {
            return held("a channel was told of it", told.anywhere(), ALL_CHANNELS);
        }
        return new Tell(occasion, reason);
    }

    private boolean holdsBack(@Nullable Instant last, Occasion occasion) {
        return last != null && (occasion != Occasion.RESOLVED || !last.isAfter(now));
    }

    /** Why an alert that the channel does not know of is not told yet: the cooldown after the alert before it. */
    Optional<Hold> paused() {
        return isAfter(told.episodeBefore(), notice.cooldown())
                ? Optional.of(
                        held("cooldown: " + channel.name() + " was told", told.episodeBefore(), notice.cooldown()))
                : Optional.empty();
    }

    /**
     * Whether one of the limits held back an alert that the channel does not know of, when it began to fire. Of the messages about
     * other alerts only the newest is known: one that came after it began may hide one that came before.
     */
    boolean heldFrom(@Nullable Instant firedAt) {
        if (firedAt == null) {
            return false;
        }
        Duration longest = longer(notice.cooldown(), channel.perAlert());
        Instant before = told.episodeBefore();
        return covers(before, longest, firedAt)
                || covers(told.anywhere(), ALL_CHANNELS, firedAt)
                || (before != null
                        && firedAt.isBefore(before)
                        && before.minus(longest.multipliedBy(2)).isBefore(firedAt));
    }

    private static boolean covers(@Nullable Instant last, Duration pause, Instant moment) {
        return last != null && !last.isAfter(moment) && moment.isBefore(last.plus(pause));
    }

    /** The pause after which it is told again that an alert fires. */
    Duration repeat() {
        return longer(notice.cooldown(), channel.repeatInterval());
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** Whether the pause after this message still lasts. */
    boolean isWithin(Instant last, Duration pause) {
        return now.isBefore(end(last, pause));
    }

    /** The same of a message about another alert or on another channel; one of this very moment goes out together with this one. */
    private boolean isAfter(@Nullable Instant last, Duration pause) {
        return last != null && !last.equals(now) && isWithin(last, pause);
    }

    /** When the pause after this message ends. */
    Instant end(Instant last, Duration pause) {
        return (last.isAfter(now) ? now : last).plus(pause);
    }

    private Hold held(String what, @Nullable Instant last, Duration pause) {
        return new Hold(
                "%s at %s, next not before %s".formatted(what, last, end(Objects.requireNonNull(last), pause)), true);
    }
}
