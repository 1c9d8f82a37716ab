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

    /** Tells it, unless it is too soon after another message about the same alert. */
    Decision tell(Occasion occasion, String reason) {
        Instant last = told.here() != null ? told.here().at() : told.episodeBefore();
        if (isWithin(last, channel.perAlert())) {
            return held(channel.name() + " was told of it", last, channel.perAlert());
        }
        if (isWithin(told.anywhere(), ALL_CHANNELS)) {
            return held("a channel was told of it", told.anywhere(), ALL_CHANNELS);
        }
        return new Tell(occasion, reason);
    }

    /** Why an alert that the channel does not know of is not told yet: the cooldown after the alert before it. */
    Optional<Hold> paused() {
        return isWithin(told.episodeBefore(), notice.cooldown())
                ? Optional.of(
                        held("cooldown: " + channel.name() + " was told", told.episodeBefore(), notice.cooldown()))
                : Optional.empty();
    }

    /** Whether one of the limits held back an alert that the channel does not know of, when it began to fire. */
    boolean heldFrom(@Nullable Instant firedAt) {
        if (firedAt == null) {
            return false;
        }
        Duration longest = longer(notice.cooldown(), channel.perAlert());
        return covers(told.episodeBefore(), longest, firedAt) || covers(told.anywhere(), ALL_CHANNELS, firedAt);
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
    boolean isWithin(@Nullable Instant last, Duration pause) {
        return last != null && now.isBefore(end(last, pause));
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
