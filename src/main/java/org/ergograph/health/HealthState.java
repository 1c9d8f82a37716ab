package org.ergograph.health;

import java.util.Locale;

/** How well something is; the later, the worse. */
public enum HealthState {
    /** Works as it should. */
    HEALTHY,
    /** Not known: not checked yet, or the check could not tell. */
    UNKNOWN,
    /** Works, but worse than it should. */
    DEGRADED,
    /** Does not work. */
    UNHEALTHY;

    /** The name in lower case, as it appears in answers. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is known to work, well or not so well. */
    boolean works() {
        return this == HEALTHY || this == DEGRADED;
    }

    /** The worse of the two. */
    HealthState worse(HealthState other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
