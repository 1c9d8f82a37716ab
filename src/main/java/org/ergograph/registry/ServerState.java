package org.ergograph.registry;

import java.util.Locale;
import java.util.Optional;

/** How well an upstream server does, as a node's checks and calls find it. */
public enum ServerState {
    /** Answers as it should. */
    HEALTHY,
    /** Answers checks, but calls fail or have just failed. */
    DEGRADED,
    /** Does not answer. */
    UNHEALTHY,
    /** Not checked yet. */
    UNKNOWN;

    /** The name in lower case, as it appears in labels, rows and answers. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a server in this state can be used. */
    boolean available() {
        return this == HEALTHY || this == DEGRADED;
    }

    static Optional<ServerState> parse(String label) {
        for (ServerState state : values()) {
            if (state.label().equals(label)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }
}
