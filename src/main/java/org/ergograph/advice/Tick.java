package org.ergograph.advice;

import java.time.Instant;
import org.ergograph.system.SystemState;
import org.ergograph.window.Distribution;

/**
 * One sample of a monitoring. Immutable.
 *
 * @param before the state at the sample before
 * @param seconds the time since then, more than 0
 * @param calls what ended since then of what is monitored
 */
record Tick(Instant at, SystemState state, SystemState before, double seconds, Distribution calls) {}
