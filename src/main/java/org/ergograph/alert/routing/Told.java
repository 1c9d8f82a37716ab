package org.ergograph.alert.routing;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was told of an alert before the decisions of this moment: those about its other channels do not count. Immutable.
 *
 * @param here what this channel was told of it; null if nothing
 * @param episodeBefore when this channel was told last of earlier alerts of the same rule and subject; null if never
 * @param anywhere when any channel was told last of it, or of earlier alerts of the same rule and subject; null if never
 */
public record Told(
        @Nullable LastTold here,
        @Nullable Instant episodeBefore,
        @Nullable Instant anywhere) {
    /** Nobody was told anything. */
    public static final Told NOTHING = new Told(null, null, null);
}
