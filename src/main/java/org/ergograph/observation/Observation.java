package org.ergograph.observation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One timed thing that happened. Immutable and thread-safe.
 *
 * @param series what it was
 * @param startEpochNanos when it began, nanoseconds since 1970-01-01T00:00:00Z
 * @param durationNanos how long it took, nanoseconds, never negative
 * @param status the HTTP status code, or 0 where there is none
 * @param errorType why it failed, null if it succeeded
 * @param traceIdHigh the upper 64 bits of the trace id
 * @param traceIdLow the lower 64 bits of the trace id
 * @param principal who asked, null if anonymous
 * @param requestBytes size of the request body, -1 if unknown
 * @param responseBytes size of the response body, -1 if unknown
 * @param allocatedBytes what the thread allocated meanwhile, -1 if unknown
 * @param internal whether it is the record's own work: metrics and window only, no row and no span
 * @param transaction whether it covers a whole transaction, commit included
 */
public record Observation(
        Series series,
        long startEpochNanos,
        long durationNanos,
        int status,
        @Nullable String errorType,
        long traceIdHigh,
        long traceIdLow,
        @Nullable String principal,
        long requestBytes,
        long responseBytes,
        long allocatedBytes,
        boolean internal,
        boolean transaction) {

    /** Whether it counts as an error; an observation does so at most once. */
    public boolean isError() {
        return errorType != null;
    }

    /** When it began. */
    public Instant start() {
        return Instant.ofEpochSecond(
                Math.floorDiv(startEpochNanos, 1_000_000_000L), Math.floorMod(startEpochNanos, 1_000_000_000L));
    }

    /** The trace id as W3C trace context writes it: 32 hexadecimal digits in lower case. */
    public String traceId() {
        return TraceIds.format(traceIdHigh, traceIdLow);
    }
}
