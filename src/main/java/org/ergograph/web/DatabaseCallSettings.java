package org.ergograph.web;

import java.time.Duration;

/**
 * How many requests may wait for the database, and how long. Immutable.
 *
 * @param concurrent how many may use the database at once, from 1
 * @param waiting how many more may wait for their turn, from 0
 * @param deadline how long a request waits for its answer, its turn included
 */
public record DatabaseCallSettings(int concurrent, int waiting, Duration deadline) {}
