package org.ergograph.observation;

import org.jspecify.annotations.Nullable;

/**
 * An observation that is still going on: what {@link Recorder#start} gives and {@link Recorder#stop} takes. The edge that
 * holds it may fill in what it learns meanwhile. Not thread-safe: one thread at a time, handed over safely.
 */
public final class Timing {
    private final Kind kind;
    private final long startNanos;
    private final boolean root;
    private final boolean internal;
    private @Nullable Series series;
    private long traceIdHigh;
    private long traceIdLow;
    private @Nullable String principal;
    private @Nullable Object span;
    private @Nullable String traceparent;
    private @Nullable String errorType;
    private @Nullable Throwable error;
    private int status;
    private boolean transaction;
    private long requestBytes = -1;
    private long responseBytes = -1;
    private long allocatedBytes = -1;

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
        return traceparent;
    }

    /** The {@code traceparent} that came in, which {@link TraceIds#isTraceparent} accepts; for the span's parent. */
    public void traceparent(@Nullable String traceparent) {
        this.traceparent = traceparent;
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
        return error;
    }

    /** Says that it failed with this exception. */
    public void failed(Throwable error) {
        this.error = error;
        this.errorType = ErrorTypes.of(error);
    }

    public int status() {
        return status;
    }

    /** The HTTP status code; 0 where there is none. */
    public void status(int status) {
        this.status = status;
    }

    public boolean transaction() {
        return transaction;
    }

    /** Says that it covers a whole transaction, commit included. */
    public void transaction(boolean transaction) {
        this.transaction = transaction;
    }

    public long requestBytes() {
        return requestBytes;
    }

    public void requestBytes(long bytes) {
        this.requestBytes = bytes;
    }

    public long responseBytes() {
        return responseBytes;
    }

    public void responseBytes(long bytes) {
        this.responseBytes = bytes;
    }

    public long allocatedBytes() {
        return allocatedBytes;
    }

    public void allocatedBytes(long bytes) {
        this.allocatedBytes = bytes;
    }
}
