package org.ergograph.alert.condition;

import java.time.Duration;
import java.util.Set;

/**
 * A service level objective. Immutable.
 *
 * @param objective the share that has to succeed, between 0 and 1, both exclusive; 0.999 say
 * @param window over which it is promised, 30 days say
 */
public record Slo(double objective, Duration window) {
    /** Which stretches it looks at. */
    public Set<LookBack> lookBacks() {
        return Set.of(LookBack.of(window));
    }
}
