package org.ergograph.window;

/** The live view of the last minutes. Thread-safe. */
public interface Window {
    /**
     * What is within the window now; everything whose recording ended before the call is in it. Costs time in proportion to
     * the number of series, so one answer takes one snapshot.
     */
    WindowSnapshot snapshot();
}
