package org.ergograph.notify.delivery;

import java.time.Instant;

/**
 * A message that was begun and neither sent nor given up. Immutable.
 *
 * @param attempts how many there were
 * @param sending whether an attempt was begun and its end is not known
 * @param nextAt when it may be tried again; of one that is being sent, when its sender is given up
 */
record Open(
        String id, String channel, String groupKey, int attempts, boolean sending, Instant sinceAt, Instant nextAt) {}
