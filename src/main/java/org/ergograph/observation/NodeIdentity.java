package org.ergograph.observation;

import java.time.Duration;
import java.util.UUID;

/**
 * Which running copy of the application this is. Immutable.
 *
 * @param name unique among the copies that share a database, fit to be a label value
 * @param version the application's version
 * @param startNanos the reading of {@link TimeSource#nanoTime} at the application's start
 * @param instanceId another at every start: by it a copy knows its own calls when they come back to it
 */
public record NodeIdentity(String name, String version, long startNanos, String instanceId) {
    /** The header of HTTP with which calls to upstream servers say from which copy they come, by its {@link #instanceId}. */
    public static final String VIA_HEADER = "X-Ergograph-Via";

    /** One that has just started. */
    public NodeIdentity(String name, String version, long startNanos) {
        this(name, version, startNanos, UUID.randomUUID().toString());
    }

    /** How long the application has been running. */
    public Duration uptime(TimeSource time) {
        return Duration.ofNanos(Math.max(0, time.nanoTime() - startNanos));
    }
}
