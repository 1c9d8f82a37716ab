package org.ergograph.alert.routing;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Hours of days of the week. Immutable.
 *
 * @param days on which they begin; at least one
 * @param from local time, inclusive
 * @param to local time, exclusive; not after {@code from} means on the next day
 */
public record Recurrence(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {
    public Recurrence {
        if (days.isEmpty()) {
            throw new IllegalArgumentException("days is empty: at least one is needed");
        }
        days = Collections.unmodifiableSet(EnumSet.copyOf(days));
    }

    /**
     * Whether now is within these hours. A local time that the clock skips is the moment at which it skips; of one that it shows
     * twice, hours begin with the first and end with the second.
     */
    public boolean holds(Instant now) {
        LocalDate today = LocalDate.ofInstant(now, zone);
        return holds(today, now) || holds(today.minusDays(1), now);
    }

    private boolean holds(LocalDate day, Instant now) {
        if (!days.contains(day.getDayOfWeek())) {
            return false;
        }
        LocalDate lastDay = to.isAfter(from) ? day : day.plusDays(1);
        return !now.isBefore(moment(day.atTime(from), true)) && now.isBefore(moment(lastDay.atTime(to), false));
    }

    private Instant moment(LocalDateTime local, boolean first) {
        ZoneOffsetTransition transition = zone.getRules().getTransition(local);
        if (transition == null) {
            return local.atZone(zone).toInstant();
        }
        if (transition.isGap()) {
            return transition.getInstant();
        }
        return local.toInstant(first ? transition.getOffsetBefore() : transition.getOffsetAfter());
    }
}
