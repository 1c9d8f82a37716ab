package org.ergograph.alert.condition;

import java.util.Map;
import org.ergograph.window.Distribution;

/**
 * How the observations of one series on one node went. Immutable.
 *
 * @param kind the label of the kind of observation, {@code http} say
 * @param name the series' name
 * @param attributes the values by the names of the kind's attributes
 */
public record SeriesFacts(
        String kind, String name, Map<String, String> attributes, String node, Distribution distribution) {}
