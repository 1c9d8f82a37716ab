package org.ergograph.gateway;

import java.time.Duration;
import org.ergograph.registry.ServerState;
import org.jspecify.annotations.Nullable;

/** What a check of an upstream server means, and when the next one is due. Pure. */
final class HealthRules {
    /** After the first failure, and between checks that calls ask for. */
    static final Duration SOON = Duration.ofSeconds(1);

    private HealthRules() {}

    /**
     * A finding.
     *
     * @param reason why it is not healthy; null if it is
     */
    record Verdict(ServerState state, @Nullable String reason) {}

    /**
     * Judges a check. One failure alone of a server that did well makes it degraded only, and is followed by a check soon.
     *
     * @param before what it was found before
     * @param failure why the check failed; null if it did not
     * @param failures how many checks in a row have failed, this one included
     * @param circuitClosed whether calls are let through freely
     */
    static Verdict judge(ServerState before, @Nullable String failure, int failures, boolean circuitClosed) {
        if (failure == null) {
            return circuitClosed
                    ? new Verdict(ServerState.HEALTHY, null)
                    : new Verdict(ServerState.DEGRADED, "it answers checks, but calls to it have failed");
        }
        boolean first = failures <= 1 && (before == ServerState.HEALTHY || before == ServerState.DEGRADED);
        return new Verdict(first ? ServerState.DEGRADED : ServerState.UNHEALTHY, failure);
    }

    /** How long until the next check; for an unhealthy server 1 s at first, doubling up to what is configured. */
    static Duration pause(ServerState state, int failures, GatewaySettings settings) {
        return switch (state) {
            case UNKNOWN -> Duration.ZERO;
            case HEALTHY -> settings.healthyCheck();
            case DEGRADED -> failures > 0 ? shorter(SOON, settings.degradedCheck()) : settings.degradedCheck();
            case UNHEALTHY ->
                shorter(SOON.multipliedBy(1L << Math.min(Math.max(0, failures - 1), 10)), settings.unhealthyCheck());
        };
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
