package org.ergograph.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import java.util.concurrent.TimeUnit;
import org.ergograph.observation.Series;
import org.ergograph.observation.TimeSource;
import org.ergograph.observation.Timing;
import org.jspecify.annotations.Nullable;

/**
 * The span of an HTTP request: the server's own as soon as one is seen; one of ours when something asks for it before, or at
 * the end. A servlet filter runs before the server knows whether it will make one, hence this patience. Thread-safe.
 */
final class RequestSpan {
    /** Where the context that surrounds a request keeps it. */
    static final ContextKey<RequestSpan> KEY = ContextKey.named("ergograph-request");

    private static final int SERVER_ERROR = 500;

    private final Tracer tracer;
    private final TimeSource time;
    private final Timing timing;
    private final Context around;
    private @Nullable Span span;
    private @Nullable SpanContext joined;
    private boolean ours;

    /** @param around the context in which the request arrived */
    RequestSpan(Tracer tracer, TimeSource time, Timing timing, Context around) {
        this.tracer = tracer;
        this.time = time;
        this.timing = timing;
        this.around = around;
        takeUp(around);
    }

    /** Takes up the server's span if the context has one. */
    synchronized void takeUp(Context context) {
        Span current = Span.fromContext(context);
        if (span == null && current.getSpanContext().isValid()) {
            use(current, false);
        }
        Series series = timing.series();
        if (span != null && !ours && series != null) {
            span.setAttribute(SpanNames.HTTP_ROUTE, series.value(1));
        }
    }

    /** The context for a span within the request: with a span of ours if it has none yet. */
    synchronized Context parent(Context context) {
        if (Span.fromContext(context).getSpanContext().isValid()) {
            takeUp(context);
            return context;
        }
        return context.with(open());
    }

    /** Takes the timing's {@code traceparent} for one that the request's body named. */
    synchronized void join() {
        joined = remote();
    }

    /** The context that the request's body named; null if it named none. */
    synchronized @Nullable SpanContext joined() {
        return joined;
    }

    /** The request's span, made if there is none yet. */
    synchronized SpanContext context() {
        return open().getSpanContext();
    }

    private @Nullable SpanContext remote() {
        String came = timing.traceparent();
        return came == null
                ? null
                : SpanContext.createFromRemoteParent(
                        came.substring(3, 35),
                        came.substring(36, 52),
                        TraceFlags.fromHex(came, 53),
                        TraceState.getDefault());
    }

    private Span open() {
        if (span == null) {
            SpanContext came = remote();
            Context parent = came == null ? around : around.with(Span.wrap(came));
            use(
                    tracer.spanBuilder("HTTP")
                            .setSpanKind(SpanKind.SERVER)
                            .setParent(parent)
                            .setStartTimestamp(time.epochNanos(timing.startNanos()), TimeUnit.NANOSECONDS)
                            .startSpan(),
                    true);
        }
        return span == null ? Span.getInvalid() : span;
    }

    private void use(Span found, boolean made) {
        span = found;
        ours = made;
        // The rows of a request keep the trace that its body named, even if the server's span had begun another.
        if (joined == null) {
            TracedSpans.copyTraceId(found, timing);
        }
    }

    /** Ends the request: the server's span is the server's to end. */
    synchronized void stop() {
        Span found = open();
        Throwable error = timing.error();
        if (error != null) {
            found.recordException(error);
        }
        if (timing.errorType() != null) {
            found.setAttribute(SpanNames.ERROR_TYPE, timing.errorType());
        }
        if (!ours) {
            return;
        }
        Series series = timing.series();
        if (series != null) {
            SpanNames names = SpanNames.of(series, "");
            found.updateName(names.name());
            found.setAllAttributes(names.attributes());
        }
        if (timing.status() != 0) {
            found.setAttribute(SpanNames.HTTP_STATUS, (long) timing.status());
        }
        if (error != null || timing.status() >= SERVER_ERROR) {
            found.setStatus(StatusCode.ERROR);
        }
        found.end(time.epochNanos(time.nanoTime()), TimeUnit.NANOSECONDS);
    }
}
