package org.ergograph.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.ergograph.observation.Kind;
import org.ergograph.observation.Series;
import org.ergograph.observation.Spans;
import org.ergograph.observation.TimeSource;
import org.ergograph.observation.Timing;
import org.jspecify.annotations.Nullable;

/** Opens and ends spans by way of a tracer. Thread-safe. */
final class TracedSpans implements Spans {
    /** What a timing holds: for an HTTP request its request span, otherwise its span. */
    private record Opened(@Nullable RequestSpan request, Span span, Scope scope) {}

    private final Tracer tracer;
    private final TimeSource time;
    /** As many as there are series, which are bounded. */
    private final Map<Series, SpanNames> names = new ConcurrentHashMap<>();

    TracedSpans(Tracer tracer, TimeSource time) {
        this.tracer = tracer;
        this.time = time;
    }

    @Override
    @SuppressWarnings("MustBeClosedChecker") // the timing keeps the scope, and detach closes it
    public void start(Timing timing) {
        Context context = Context.current();
        Series series = timing.series();
        if (timing.kind() == Kind.HTTP) {
            RequestSpan request = new RequestSpan(tracer, time, timing, context);
            Scope scope = context.with(RequestSpan.KEY, request).makeCurrent();
            timing.span(new Opened(request, Span.getInvalid(), scope));
        } else if (series != null) {
            RequestSpan request = context.get(RequestSpan.KEY);
            Context parent = request == null ? context : request.parent(context);
            SpanNames known = names.computeIfAbsent(series, SpanNames::of);
            Span span = tracer.spanBuilder(known.name())
                    .setSpanKind(known.kind())
                    .setAllAttributes(known.attributes())
                    .setParent(parent)
                    .startSpan();
            timing.span(new Opened(null, span, parent.with(span).makeCurrent()));
            copyTraceId(span, timing);
        }
    }

    @Override
    public void routed(Timing timing) {
        if (timing.span() instanceof Opened opened && opened.request() != null) {
            opened.request().takeUp(Context.current());
        }
    }

    @Override
    public void detach(Timing timing) {
        if (timing.span() instanceof Opened opened) {
            opened.scope().close();
        }
    }

    @Override
    public void stop(Timing timing) {
        if (!(timing.span() instanceof Opened opened)) {
            return;
        }
        if (opened.request() != null) {
            opened.request().stop();
            return;
        }
        Span span = opened.span();
        Throwable error = timing.error();
        if (error != null) {
            span.recordException(error);
        }
        if (timing.errorType() != null) {
            span.setAttribute(SpanNames.ERROR_TYPE, timing.errorType());
            span.setStatus(StatusCode.ERROR);
        }
        span.end();
    }

    @Override
    public <T> Callable<T> carry(Callable<T> work) {
        return Context.current().wrap(work);
    }

    /** Puts the span's trace id into the timing, if the span has one. */
    static void copyTraceId(Span span, Timing timing) {
        SpanContext context = span.getSpanContext();
        if (context.isValid()) {
            String id = context.getTraceId();
            timing.traceId(Long.parseUnsignedLong(id, 0, 16, 16), Long.parseUnsignedLong(id, 16, 32, 16));
        }
    }
}
