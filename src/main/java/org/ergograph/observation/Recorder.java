package org.ergograph.observation;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Where edges hand over what they timed. A timing is started and stopped; between the two, whatever the same thread starts
 * belongs to the same trace. Thread-safe. No method throws because of a sink, and none takes a lock or does I/O.
 *
 * <pre>{@code
 * Timing timing = recorder.start(series);
 * try {
 *     work();
 * } catch (Exception e) {
 *     timing.failed(e);
 *     throw e;
 * } finally {
 *     recorder.stop(timing);
 * }
 * }</pre>
 *
 * <p>Work that goes on after its thread has left it is detached on that thread, and stopped wherever it ends.
 */
public interface Recorder {
    /** Whether anything is recorded. An edge that finds it false does its work and nothing else. */
    boolean enabled();

    /** Whether spans are made: an edge that finds it false spends nothing on {@linkplain Timing#attribute their attributes}. */
    default boolean tracing() {
        return false;
    }

    /** Whether the operator wants spans to carry what tools are called with, without its secrets. */
    default boolean tracesArguments() {
        return false;
    }

    /** The series of these attribute values; see {@link SeriesRegistry#resolve}. Not for the hot path. */
    Series series(Kind kind, String... values);

    /** Starts a timing. It inherits trace id and principal from the one around it, or begins a trace. */
    Timing start(Series series);

    /**
     * Starts a timing that begins its thread's work anew, an HTTP request say, whose series is learned later.
     *
     * @param traceIdHigh the upper half of the trace id that came in; with both halves 0 one is made
     * @param traceIdLow the lower half
     */
    Timing startRequest(Kind kind, long traceIdHigh, long traceIdLow);

    /**
     * Says that the series of a request is now known, on the thread that does its work, and that whatever span a server makes
     * of its own is open by now. Not every request gets here.
     */
    default void routed(Timing timing) {}

    /**
     * Says who asked, on the thread that does the timing's work. What the thread starts from now on inherits it.
     *
     * @param principal null if anonymous
     */
    default void principal(Timing timing, @Nullable String principal) {
        timing.principal(principal);
    }

    /**
     * Says that the request which this thread works for belongs to this trace, as its body has it, and so does what the
     * thread starts from now on. Has no effect if the request's headers named one, or this was said before.
     *
     * @param traceparent as {@link TraceIds#isTraceparent} accepts it
     */
    default void join(String traceparent) {}

    /**
     * The {@code traceparent} of W3C trace context that what the timing's work asks of others belongs to: that of its span, or
     * where it has none, a made-up one of its trace, sampled if the caller's was.
     */
    default String traceparent(Timing timing) {
        return "00-" + TraceIds.format(timing.traceIdHigh(), timing.traceIdLow()) + "-"
                + TraceIds.format(0, TraceIds.random()).substring(16) + (timing.sampled() ? "-01" : "-00");
    }

    /** Says that the thread leaves the work, which goes on elsewhere; {@link #stopDetached} has to follow. */
    void detach(Timing timing);

    /** Ends the timing on the thread that started it, and hands the observation to every sink. */
    void stop(Timing timing);

    /** Ends a timing that was detached, on any thread. Once only. */
    void stopDetached(Timing timing);

    /** Hands a sample to every sink. */
    void sample(Sample sample);

    /** The work with this thread's trace id, principal and span put in place around it, wherever it runs. */
    <T> Callable<T> carry(Callable<T> work);

    /** Runs the work as the record's own: what is observed meanwhile gets neither a row nor a span. */
    void internally(Runnable work);
}
