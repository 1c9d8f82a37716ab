package org.ergograph.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.Map;
import java.util.Set;
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

    /** JSON-RPC's codes for what the client did wrong, by the conventions no failure of the server. */
    private static final Set<String> CLIENT_FAULTS = Set.of("-32700", "-32600", "-32601", "-32602", "-32002");

    private final Tracer tracer;
    private final OperationDurations durations;
    private final TimeSource time;
    private final String databaseSystem;
    /** As many as there are series, which are bounded. */
    private final Map<Series, SpanNames> names = new ConcurrentHashMap<>();

    /** @param databaseSystem which database operations of kind {@code db} are about */
    TracedSpans(Tracer tracer, OperationDurations durations, TimeSource time, String databaseSystem) {
        this.tracer = tracer;
        this.durations = durations;
        this.databaseSystem = databaseSystem;
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
            SpanContext joined = request == null || timing.kind() != Kind.MCP ? null : request.joined();
            SpanNames known = names(series);
            SpanBuilder builder =
                    tracer.spanBuilder(known.name()).setSpanKind(known.kind()).setAllAttributes(known.attributes());
            Context parent = context;
            if (request != null && joined != null) {
                // As the conventions have it: who sent the message is the parent, how it came is a link.
                parent = context.with(Span.wrap(joined));
                builder.addLink(request.context());
            } else if (request != null) {
                parent = request.parent(context);
            }
            Span span = builder.setParent(parent).startSpan();
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
    public void join(Timing timing) {
        if (timing.span() instanceof Opened opened && opened.request() != null) {
            opened.request().join();
        }
    }

    @Override
    public @Nullable String traceparent(Timing timing) {
        if (!(timing.span() instanceof Opened opened)) {
            return null;
        }
        SpanContext context = opened.request() == null
                ? opened.span().getSpanContext()
                : opened.request().context();
        return context.isValid()
                ? "00-" + context.getTraceId() + "-" + context.getSpanId() + "-"
                        + context.getTraceFlags().asHex()
                : null;
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
        describe(span, timing);
        Throwable error = timing.error();
        if (error != null) {
            span.recordException(error);
        }
        if (timing.errorType() != null) {
            span.setAttribute(SpanNames.ERROR_TYPE, timing.errorType());
            if (!isClientFault(timing)) {
                span.setStatus(StatusCode.ERROR);
            }
        }
        span.end();
        Series series = timing.series();
        if (series != null) {
            durations.record(timing, names(series), Math.max(0, time.nanoTime() - timing.startNanos()));
        }
    }

    private SpanNames names(Series series) {
        return names.computeIfAbsent(series, made -> SpanNames.of(made, databaseSystem));
    }

    /** Whether what was asked for could not be done because of who asked. */
    static boolean isClientFault(Timing timing) {
        boolean served = timing.kind() == Kind.MCP || timing.kind() == Kind.TOOL;
        String error = timing.errorType();
        return served && error != null && CLIENT_FAULTS.contains(error);
    }

    private static void describe(Span span, Timing timing) {
        Map<String, String> attributes = timing.attributes();
        attributes.forEach(span::setAttribute);
        Series series = timing.series();
        String target = series == null || attributes.isEmpty() ? null : SpanNames.target(series, attributes);
        if (series != null && target != null) {
            span.updateName(series.value(0) + " " + target);
        }
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
