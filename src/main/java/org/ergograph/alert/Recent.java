package org.ergograph.alert;

import java.time.Duration;
import java.util.List;

/**
 * What the last evaluations found, as far as dampening looks back; the newest last. Immutable.
 *
 * @param met one for each evaluation: how long before the newest it was, and whether the condition was met
 */
public record Recent(List<Found> met) {
    /** Nothing was evaluated yet. */
    public static final Recent NONE = new Recent(List.of());

    public Recent {
        met = List.copyOf(met);
    }

    /** What one evaluation found. */
    public record Found(Duration ago, boolean met) {}
}
