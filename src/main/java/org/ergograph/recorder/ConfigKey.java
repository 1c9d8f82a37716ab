package org.ergograph.recorder;

/**
 * A configuration key: its name, its default as written in a configuration file, what is allowed, and what it means.
 * Immutable.
 *
 * @param name begins with {@code ergograph.}
 * @param defaultValue the text that stands for the value where none is given; may be empty
 * @param allowed what a value may be, unit included
 * @param meaning one sentence
 */
public record ConfigKey(String name, String defaultValue, String allowed, String meaning) {}
