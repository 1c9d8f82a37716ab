package org.ergograph.observation;

/** Puts right what a server writes of our histograms, where the application is asked for its metrics page. Thread-safe. */
public interface Exposition {
    /**
     * The page with our histograms exact: buckets, count and sum of every value since the start, and nothing derived. What
     * else the page holds stays as it is.
     *
     * @param page in Prometheus' text format
     */
    String corrected(String page);
}
