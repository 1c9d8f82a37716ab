package org.ergograph.health;

/**
 * A check of the application or of something that it depends on. Every CDI bean of this type is run on schedule and appears in
 * the report by itself. Thread-safe; may take long, but is never run twice at the same time.
 */
public interface HealthProbe {
    /** The name in the report and in the path, lower case. */
    String name();

    /** Checks now. What it throws makes the check unhealthy. */
    Finding check() throws Exception;
}
