package org.ergograph.health;

import java.time.Duration;
import java.util.Optional;

/**
 * A check of the application or of something that it depends on. Every CDI bean of this type is run on schedule and appears in
 * the report by itself. Thread-safe; may take long, but is never run twice at the same time.
 */
public interface HealthProbe {
    /** The name in the report and in the path, unique: a to z, 0 to 9, {@code -} and {@code _}, at most 50. */
    String name();

    /** Checks now. What it throws makes the check unhealthy. */
    Finding check() throws Exception;

    /** How long it may take before it counts as unhealthy; empty for as long as the configuration says of all. */
    default Optional<Duration> timeout() {
        return Optional.empty();
    }
}
