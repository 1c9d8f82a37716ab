package org.ergograph.observation;

import java.time.Duration;

/**
 * Work that has to be done again and again off the request threads. Every CDI bean of this type is scheduled from the start
 * of the application to its end: never twice at the same time, and once more, through {@link #stop}, at the end.
 */
public interface Periodic {
    /** The pause between two runs, at least 10 ms. */
    Duration interval();

    /** Does the work once. What it throws is logged, counted, and does not end the schedule. */
    void run();

    /** Whether it is also to be done where recording is switched off. */
    default boolean whileOff() {
        return false;
    }

    /** Does what is left to do before the application ends. */
    default void stop() {}
}
