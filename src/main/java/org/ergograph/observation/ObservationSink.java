package org.ergograph.observation;

/**
 * Something that takes every observation. Called on the thread that did the work: an implementation takes no lock, does no
 * I/O and returns at once. What it throws never reaches the caller; it is counted.
 */
public interface ObservationSink {
    /** Takes an observation, those of the record's own work included. */
    void accept(Observation observation);

    /** Takes a sample; called off the request threads. */
    default void accept(Sample sample) {}
}
