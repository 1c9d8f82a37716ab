package org.ergograph.settings;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change that somebody asks for. Immutable.
 *
 * @param value null for its default
 * @param ifMatch the version that is meant, null for any
 * @param by who asks, null if anonymous
 * @param node that was asked
 */
record Wish(
        Threshold threshold,
        @Nullable Double value,
        @Nullable String ifMatch,
        @Nullable String by,
        String node,
        @Nullable String comment,
        Instant at) {
    /** The value that is asked for. */
    double wanted() {
        return value == null ? threshold.defaultValue() : value;
    }
}
