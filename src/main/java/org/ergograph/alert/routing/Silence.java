package org.ergograph.alert.routing;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Alerts that nobody is told of for a time. Immutable.
 *
 * @param matchers all have to match; at least one, of which one must not match an empty value
 * @param startsAt inclusive
 * @param endsAt exclusive, after {@code startsAt}
 * @param recurrence when it holds between the two; null if all the time
 * @param author who made it
 */
public record Silence(
        String id,
        List<Matcher> matchers,
        Instant startsAt,
        Instant endsAt,
        @Nullable Recurrence recurrence,
        String author,
        String comment) {
    /**
     * @throws IllegalArgumentException if it would hold for everything or never; the message says why
     */
    public Silence {
        matchers = List.copyOf(matchers);
        if (matchers.stream().allMatch(matcher -> matcher.matches(""))) {
            throw new IllegalArgumentException("a silence needs a matcher that does not match an empty label");
        }
        if (!endsAt.isAfter(startsAt)) {
            throw new IllegalArgumentException("endsAt is " + endsAt + ": must be after startsAt, " + startsAt);
        }
    }

    /** Whether it holds now for an alert with these labels. */
    public boolean holds(Map<String, String> labels, Instant now) {
        return isDue(now) && Matcher.all(matchers, labels);
    }

    /** Whether it holds now, for whatever it matches. */
    public boolean isDue(Instant now) {
        return !now.isBefore(startsAt) && now.isBefore(endsAt) && (recurrence == null || recurrence.holds(now));
    }
}
