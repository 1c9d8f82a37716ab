package org.ergograph.http;

/** How many requests are being answered now. Thread-safe. */
public interface ActiveRequests {
    /** The requests that have begun and not ended; 0 while nothing is recorded. */
    long activeRequests();
}
