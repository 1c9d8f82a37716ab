package org.ergograph.notify;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which alerts a list shows, the newest first, and how many of them. Immutable; null stands for any.
 *
 * @param active whether they are not over
 * @param state the word for it
 * @param severity the word for it
 * @param rule the id or the name of the rule
 * @param from those that were not over before it
 * @param to those that began before it
 * @param before the id before which the page begins; null for the first page
 * @param limit from 1
 */
public record AlertFilter(
        @Nullable Boolean active,
        @Nullable String state,
        @Nullable String severity,
        @Nullable String rule,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String before,
        int limit) {
    /** Those that are not over, the newest first. */
    public static AlertFilter open(int limit) {
        return new AlertFilter(true, null, null, null, null, null, null, limit);
    }
}
