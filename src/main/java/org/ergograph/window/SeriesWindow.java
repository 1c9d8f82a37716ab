package org.ergograph.window;

import org.ergograph.observation.Series;

/**
 * What was observed of one series within the window. Immutable.
 *
 * @param distribution holds at least one observation
 */
public record SeriesWindow(Series series, Distribution distribution) {}
