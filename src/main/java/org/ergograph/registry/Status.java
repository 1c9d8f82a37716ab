package org.ergograph.registry;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an upstream server did when it was last asked, by whichever node asked.
 *
 * @param reason why it is not active; null if it is
 */
record Status(String word, @Nullable String reason) {
    /** It answered: the probe of its registration in HTTP, whatever it said; a check of the gateway as MCP has it. */
    static final String ACTIVE = "active";
    /** It answered, but calls to it fail. */
    static final String DEGRADED = "degraded";
    /** It did not answer. */
    static final String UNREACHABLE = "unreachable";

    static final List<String> WORDS = List.of(ACTIVE, DEGRADED, UNREACHABLE);

    static Status active() {
        return new Status(ACTIVE, null);
    }

    static Status unreachable(String reason) {
        return new Status(UNREACHABLE, reason);
    }

    static Status of(StatePeriod period) {
        return switch (period.state()) {
            case HEALTHY, UNKNOWN -> active();
            case DEGRADED -> new Status(DEGRADED, period.reason());
            case UNHEALTHY -> unreachable(period.reason() == null ? "it did not answer" : period.reason());
        };
    }
}
