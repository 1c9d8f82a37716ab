package org.ergograph.window;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ergograph.observation.Series;

/**
 * What was observed of some series from the start to an instant: what two of them differ in happened in between, however long
 * that was. Immutable and thread-safe.
 */
public final class Totals {
    private final Instant at;
    private final Map<Series, Distribution> bySeries;

    Totals(Instant at, Map<Series, Distribution> bySeries) {
        this.at = at;
        this.bySeries = new LinkedHashMap<>(bySeries);
    }

    /** The instant up to which observations are in it. */
    public Instant at() {
        return at;
    }

    /** The series that were observed at all. */
    public Set<Series> series() {
        return Set.copyOf(bySeries.keySet());
    }

    /**
     * What was observed between the other and this, of each series with at least one observation. Right as long as none of a
     * series' buckets was hit more than 4 thousand million times in between.
     *
     * @param earlier of the same series
     */
    public List<SeriesWindow> since(Totals earlier) {
        List<SeriesWindow> changed = new ArrayList<>();
        Tally tally = new Tally();
        bySeries.forEach((series, now) -> {
            now.subtract(earlier.bySeries.getOrDefault(series, Distribution.empty()), tally);
            Distribution between = tally.takeDistribution();
            if (between.count() > 0) {
                changed.add(new SeriesWindow(series, between));
            }
        });
        return changed;
    }
}
