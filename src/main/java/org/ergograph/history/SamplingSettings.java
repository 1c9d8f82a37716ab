package org.ergograph.history;

import java.time.Duration;
import java.util.Set;
import org.ergograph.observation.Kind;

/**
 * Which observations get a row in the audit log. Errors, slow ones, administrative acts and calls of the tools {@code km_*} get
 * one always; of the others, those of which all that is said here holds. Immutable.
 *
 * @param ratio the share of traces, 0 to 1
 * @param kinds the kinds
 * @param slowerThan exclusive; zero for any duration
 * @param maxRate rows a second beyond which the ratio falls by itself; 0 for no limit
 * @param slow over this, exclusive, an observation is slow
 */
public record SamplingSettings(double ratio, Set<Kind> kinds, Duration slowerThan, int maxRate, Duration slow) {
    /** A row for each. */
    public static SamplingSettings everything(Duration slow) {
        return new SamplingSettings(1.0, Set.of(Kind.values()), Duration.ZERO, 0, slow);
    }
}
