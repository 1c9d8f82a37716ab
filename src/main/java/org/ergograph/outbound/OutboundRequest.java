package org.ergograph.outbound;

import java.time.Duration;
import java.util.Map;

/**
 * A GET request to another server. Immutable.
 *
 * @param url judged by the policy before anything is sent
 * @param headers by name
 * @param deadline how long it may take in all, from asking for the address to the last byte
 * @param maxBytes how much of the answer's body is wanted; with 0 it is not read at all
 */
public record OutboundRequest(String url, Map<String, String> headers, Duration deadline, int maxBytes) {
    public OutboundRequest {
        headers = Map.copyOf(headers);
        if (deadline.isNegative() || deadline.isZero() || maxBytes < 0) {
            throw new IllegalArgumentException(
                    "deadline is " + deadline + " and maxBytes " + maxBytes + ": must be positive and not negative");
        }
    }
}
