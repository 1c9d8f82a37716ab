package org.ergograph.alert.condition;

import org.ergograph.window.ValueDistribution;

/**
 * How the samples of one name on one node were. Immutable.
 *
 * @param unit of the values, in UCUM
 */
public record SampleFacts(String name, String unit, String node, ValueDistribution values) {}
