package org.ergograph.window;

import java.util.function.Predicate;
import org.ergograph.observation.Series;

/** The live view of the last minutes. Thread-safe. */
public interface Window {
    /**
     * What is within the window now; everything whose recording ended before the call is in it. Costs time in proportion to
     * the number of series, so one answer takes one snapshot.
     */
    WindowSnapshot snapshot();

    /**
     * What was observed of these series since the start, to be compared with what it is later; everything whose recording ended
     * before the call is in it. Costs time in proportion to the number of these series.
     */
    Totals totals(Predicate<Series> which);
}
