package org.ergograph.advice;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.ergograph.window.Distribution;
import org.ergograph.window.SeriesWindow;

/**
 * What a monitoring found.
 *
 * @param taken how many samples were taken
 * @param missed how many were left out because the server was too late for them
 * @param series what ended meanwhile, by series
 */
record Monitored(
        MonitorRequest request,
        Target target,
        Instant from,
        Instant to,
        int taken,
        int missed,
        List<Track> tracks,
        List<SeriesWindow> series) {

    Duration took() {
        return Duration.between(from, to);
    }

    /** Everything that ended meanwhile. */
    Distribution calls() {
        return Distribution.merged(
                series.stream().map(SeriesWindow::distribution).toList());
    }

    /** The series on which most time was spent, the first first. */
    List<SeriesWindow> busiest(int most) {
        return series.stream()
                .sorted(Comparator.comparingLong(
                                (SeriesWindow each) -> each.distribution().sumNanos())
                        .reversed()
                        .thenComparing(each -> each.series().name()))
                .limit(most)
                .toList();
    }
}
