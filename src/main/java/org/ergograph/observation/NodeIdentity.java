package org.ergograph.observation;

import java.time.Duration;

/**
 * Which running copy of the application this is. Immutable.
 *
 * @param name unique among the copies that share a database, fit to be a label value
 * @param version the application's version
 * @param startNanos the reading of {@link TimeSource#nanoTime} at the application's start
 */
public record NodeIdentity(String name, String version, long startNanos) {
    /** How long the application has been running. */
    public Duration uptime(TimeSource time) {
        return Duration.ofNanos(Math.max(0, time.nanoTime() - startNanos));
    }
}
