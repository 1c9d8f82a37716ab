package org.ergograph.window;

import java.time.Instant;

/**
 * What was sampled under one name within the window. Immutable.
 *
 * @param unit the unit of the values in UCUM
 * @param count how many samples, at least 1
 * @param latest the last one's value
 * @param latestAt when the last one was taken
 */
public record SampleWindow(
        String name, String unit, long count, double latest, Instant latestAt, double min, double max, double mean) {}
