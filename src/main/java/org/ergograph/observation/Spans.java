package org.ergograph.observation;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Makes spans of observations while they run. Called only when tracing is on. Thread-safe; never throws.
 */
public interface Spans {
    /**
     * Opens a span for the timing and makes it the thread's current one, and puts its trace id into the timing. For an HTTP
     * request this is the server's own span where there is one by the time of {@link #routed}; otherwise one is opened as
     * soon as something nests in it, or at the end, below the timing's {@code traceparent}.
     */
    void start(Timing timing);

    /**
     * Takes note of the series of an HTTP request, now known. The server's own span may have been opened since the start: if so
     * it may become the timing's, with its trace id. Called on the thread that does the work, at most once a request.
     */
    default void routed(Timing timing) {}

    /**
     * Takes note of the {@code traceparent} that an HTTP request has in its body, already the timing's: what of kind
     * {@link Kind#MCP} starts within the request from now on has that parent, and a link to the request's span.
     */
    default void join(Timing timing) {}

    /** The {@code traceparent} of the timing's span; null if it has none. */
    default @Nullable String traceparent(Timing timing) {
        return null;
    }

    /** Makes the span no longer the thread's current one; the span stays open. */
    void detach(Timing timing);

    /** Ends the span with the timing's outcome. */
    void stop(Timing timing);

    /** The work with the thread's current span put in place around it, wherever it runs. */
    <T> Callable<T> carry(Callable<T> work);
}
