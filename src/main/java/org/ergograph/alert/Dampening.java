package org.ergograph.alert;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A condition counts as met only if so many evaluations found it so: {@code n} of the last {@code m}, or {@code n} within a
 * time. Immutable.
 *
 * @param n from 1
 * @param m from n to 64; 0 if within a time
 * @param within null if among a number of evaluations
 */
public record Dampening(int n, int m, @Nullable Duration within) {}
