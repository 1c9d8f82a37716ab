package org.ergograph.history.rollup;

import java.time.Duration;
import java.util.Map;

/**
 * How rollups are made and kept. Immutable.
 *
 * @param interval the pause between two runs of the merge
 * @param lease how long a node that merges may be silent before another one takes over
 * @param retention how long each tier is kept after an interval's end, at least the length of the tier
 */
public record RollupSettings(Duration interval, Duration lease, Map<Tier, Duration> retention) {
    public RollupSettings {
        retention = Map.copyOf(retention);
    }

    /** The earliest start of an interval, in minutes since 1970-01-01T00:00:00Z, that is still kept at that minute. */
    int keptFrom(Tier tier, int nowMinute) {
        Duration kept = retention.getOrDefault(tier, tier.length());
        return Math.toIntExact(Math.max(0, nowMinute - kept.toMinutes() - tier.minutes() + 1));
    }
}
