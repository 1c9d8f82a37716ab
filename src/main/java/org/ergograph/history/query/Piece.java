package org.ergograph.history.query;

import java.time.Instant;
import org.ergograph.history.rollup.Tier;

/**
 * A part of a range that one tier answers. Immutable.
 *
 * @param from inclusive, a boundary of the tier
 * @param to exclusive, a boundary of the tier, after {@code from}
 */
public record Piece(Tier tier, Instant from, Instant to) {
    /** How many intervals of the tier are in it. */
    public long intervals() {
        return (to.getEpochSecond() - from.getEpochSecond()) / tier.length().toSeconds();
    }
}
