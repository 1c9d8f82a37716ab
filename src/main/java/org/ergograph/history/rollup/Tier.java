package org.ergograph.history.rollup;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How long the intervals of a rollup are. Intervals begin at multiples of their length since 1970-01-01T00:00:00Z. */
public enum Tier {
    MINUTE(0, 1),
    FIVE_MINUTES(1, 5),
    HOUR(2, 60),
    DAY(3, 1440);

    private final int number;
    private final int minutes;

    Tier(int number, int minutes) {
        this.number = number;
        this.minutes = minutes;
    }

    /** The length of an interval in minutes. */
    public int minutes() {
        return minutes;
    }

    /** The length of an interval. */
    public Duration length() {
        return Duration.ofMinutes(minutes);
    }

    /** The number of the tier in the database: 0 for minutes, and one more for each coarser tier. */
    int number() {
        return number;
    }

    /** The next coarser tier. */
    Optional<Tier> next() {
        return switch (this) {
            case MINUTE -> Optional.of(FIVE_MINUTES);
            case FIVE_MINUTES -> Optional.of(HOUR);
            case HOUR -> Optional.of(DAY);
            case DAY -> Optional.empty();
        };
    }

    /** The start of the interval in which a minute is; both in minutes since 1970-01-01T00:00:00Z. */
    public int start(int minute) {
        return minute - Math.floorMod(minute, minutes);
    }

    /** The minute, since 1970-01-01T00:00:00Z, in which an instant is. */
    static int minuteOf(Instant instant) {
        return Math.toIntExact(Math.floorDiv(instant.getEpochSecond(), 60L));
    }
}
