package org.ergograph.observation;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An observation that is still going on: what {@link Recorder#start} gives and {@link Recorder#stop} takes. The edge that
 * holds it may fill in what it learns meanwhile. Not thread-safe: one thread at a time, handed over safely.
 */
public final class Timing {
    private static final int MAX_ATTRIBUTES = 16;
    private static final int MAX_ATTRIBUTE_LENGTH = 8192;

    private final Kind kind;
    private final long startNanos;
    private final boolean root;
    private final boolean internal;
    private @Nullable Series series;
    private long traceIdHigh;
    private long traceIdLow;
    private @Nullable String principal;
    private @Nullable Object span;
    private @Nullable String errorType;
    private boolean transaction;
    private boolean sampled;
    private @Nullable Details details;

    /** What most timings do not have: kept apart, so that those stay small. */
    private static final class Details {
        @Nullable
        String traceparent;

        @Nullable
        Throwable error;

        @Nullable
        Map<String, String> attributes;

        int status;
        long requestBytes = -1;
        long responseBytes = -1;
        long allocatedBytes = -1;
    }

    /**
     * @param series null if the edge learns it later
     * @param root whether the timing began the trace on its thread
     */
    public Timing(
            Kind kind,
            @Nullable Series series,
            long startNanos,
            boolean root,
            boolean internal,
            long traceIdHigh,
            long traceIdLow,
            @Nullable String principal) {
        this.kind = kind;
        this.series = series;
        this.startNanos = startNanos;
        this.root = root;
        this.internal = internal;
        this.traceIdHigh = traceIdHigh;
        this.traceIdLow = traceIdLow;
        this.principal = principal;
    }

    private Details details() {
        Details present = details;
        if (present == null) {
            present = new Details();
            details = present;
        }
        return present;
    }

    public Kind kind() {
        return kind;
    }

    /** The reading of {@link TimeSource#nanoTime} at the start. */
    public long startNanos() {
        return startNanos;
    }

    /** Whether this timing began the trace on its thread. */
    public boolean root() {
        return root;
    }

    /** Whether it is the record's own work. */
    public boolean internal() {
        return internal;
    }

    public @Nullable Series series() {
        return series;
    }

    public void series(Series series) {
        this.series = series;
    }

    public long traceIdHigh() {
        return traceIdHigh;
    }

    public long traceIdLow() {
        return traceIdLow;
    }

    public void traceId(long high, long low) {
        this.traceIdHigh = high;
        this.traceIdLow = low;
    }

    public @Nullable String principal() {
        return principal;
    }

    public void principal(@Nullable String principal) {
        this.principal = principal;
    }

    /** What {@link Spans} keeps here; null when tracing is off. */
    public @Nullable Object span() {
        return span;
    }

    public void span(@Nullable Object span) {
        this.span = span;
    }

    public @Nullable String traceparent() {
        return details == null ? null : details.traceparent;
    }

    /** The {@code traceparent} that came in, which {@link TraceIds#isTraceparent} accepts; for the span's parent. */
    public void traceparent(@Nullable String traceparent) {
        details().traceparent = traceparent;
        sampled = traceparent != null && TraceIds.isSampled(traceparent);
    }

    /** Whether the caller of the request that this belongs to records the trace. */
    public boolean sampled() {
        return sampled;
    }

    public void sampled(boolean sampled) {
        this.sampled = sampled;
    }

    /** What was said of the span alone, in the order in which it was said; do not change it. */
    public Map<String, String> attributes() {
        return details == null || details.attributes == null ? Map.of() : details.attributes;
    }

    /**
     * Says something of the span alone: neither metrics nor rows have it, so it may be of any cardinality. The first 16 names
     * are kept, and 8192 characters of a value. For edges that have found {@link Recorder#tracing} true.
     *
     * @param name as OpenTelemetry's semantic conventions have it, {@code gen_ai.tool.name} say
     */
    public void attribute(String name, String value) {
        Details own = details();
        Map<String, String> attributes = own.attributes;
        if (attributes == null) {
            attributes = new LinkedHashMap<>();
            own.attributes = attributes;
        }
        if (attributes.size() < MAX_ATTRIBUTES || attributes.containsKey(name)) {
            attributes.put(
                    name, value.length() <= MAX_ATTRIBUTE_LENGTH ? value : value.substring(0, MAX_ATTRIBUTE_LENGTH));
        }
    }

    public @Nullable String errorType() {
        return errorType;
    }

    /** Says that it failed and why, in one word of low cardinality: an exception's simple name or a status code. */
    public void errorType(@Nullable String errorType) {
        this.errorType = errorType;
    }

    /** The exception it ended with, for the span; null if there is none. */
    public @Nullable Throwable error() {
        return details == null ? null : details.error;
    }

    /** Says that it failed with this exception. */
    public void failed(Throwable error) {
        details().error = error;
        this.errorType = ErrorTypes.of(error);
    }

    public int status() {
        return details == null ? 0 : details.status;
    }

    /** The HTTP status code; 0 where there is none. */
    public void status(int status) {
        details().status = status;
    }

    public boolean transaction() {
        return transaction;
    }

    /** Says that it covers a whole transaction, commit included. */
    public void transaction(boolean transaction) {
        this.transaction = transaction;
    }

    public long requestBytes() {
        return details == null ? -1 : details.requestBytes;
    }

    public void requestBytes(long bytes) {
        details().requestBytes = bytes;
    }

    public long responseBytes() {
        return details == null ? -1 : details.responseBytes;
    }

    public void responseBytes(long bytes) {
        details().responseBytes = bytes;
    }

    public long allocatedBytes() {
        return details == null ? -1 : details.allocatedBytes;
    }

    public void allocatedBytes(long bytes) {
        details().allocatedBytes = bytes;
    }
}
