package org.ergograph.observation;

import java.time.Instant;

/**
 * A value measured at an instant: processor, memory, disk, pool. Goes to the window and the rollups, never to the audit
 * log. Immutable.
 *
 * @param name what was measured, {@code cpu_usage_percent} say
 * @param unit the unit of the value in UCUM, {@code %} or {@code By} say
 * @param at when
 * @param value the value, finite
 */
public record Sample(String name, String unit, Instant at, double value) {}
