package org.ergograph.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.ergograph.observation.Kind;
import org.ergograph.observation.Series;
import org.ergograph.observation.SeriesRegistry;
import org.ergograph.observation.TimeSource;
import org.ergograph.observation.Timing;
import org.ergograph.observation.TraceIds;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TracedSpansTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "b7ad6b7169203331";

    private final InMemorySpanExporter exported = InMemorySpanExporter.create();
    private final SdkTracerProvider provider = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(exported))
            .build();
    private final InMemoryMetricReader measured = InMemoryMetricReader.create();
    private final SdkMeterProvider meters =
            SdkMeterProvider.builder().registerMetricReader(measured).build();
    private final Tracer tracer = provider.get("test");
    private final SeriesRegistry registry = new SeriesRegistry(100);
    private final TracedSpans spans =
            new TracedSpans(tracer, new OperationDurations(meters.get("test")), new FixedTime(), "h2database");

    private static final class FixedTime implements TimeSource {
        @Override
        public long nanoTime() {
            return 2_000;
        }

        @Override
        public long epochNanos(long nanoTime) {
            return 1_000_000_000_000_000_000L + nanoTime;
        }
    }

    @AfterEach
    void nothingStaysCurrent() {
        assertThat(Span.current().getSpanContext().isValid()).isFalse();
        provider.close();
        meters.close();
    }

    private static Timing timing(Kind kind, @Nullable Series series) {
        return new Timing(kind, series, 1_000, true, false, 1, 2, null);
    }

    private Timing started(Kind kind, String... values) {
        Timing timing = timing(kind, registry.resolve(kind, values));
        spans.start(timing);
        return timing;
    }

    private Timing request() {
        Timing timing = timing(Kind.HTTP, null);
        spans.start(timing);
        return timing;
    }

    private void stop(Timing timing) {
        spans.detach(timing);
        spans.stop(timing);
    }

    private SpanData span(String name) {
        return exported.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .reduce((one, two) -> {
                    throw new AssertionError("two spans " + name);
                })
                .orElseThrow(() -> new AssertionError(name + " is not among " + exported.getFinishedSpanItems()));
    }

    private static @Nullable String text(SpanData span, String attribute) {
        return span.getAttributes().get(AttributeKey.stringKey(attribute));
    }

    @Test
    void aDatabaseOperationIsAClientSpanWithTheConventionsNames() {
        stop(started(Kind.DB, "select", "server"));
        SpanData span = span("select server");
        assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
        assertThat(text(span, "db.operation.name")).isEqualTo("select");
        assertThat(text(span, "db.collection.name")).isEqualTo("server");
        assertThat(text(span, "db.system.name")).isEqualTo("h2database");
    }

    @Test
    void stepsToolsAndMethodsAreInternalSpansThatNest() {
        Timing run = started(Kind.WORKFLOW, "register", Kind.RUN);
        Timing step = started(Kind.WORKFLOW, "register", "probe");
        Timing tool = started(Kind.TOOL, "search", "general");
        Timing method = started(Kind.METHOD, "price");
        stop(method);
        stop(tool);
        stop(step);
        stop(run);
        assertThat(exported.getFinishedSpanItems())
                .allSatisfy(span -> assertThat(span.getKind()).isEqualTo(SpanKind.INTERNAL))
                .extracting(SpanData::getTraceId)
                .containsOnly(TraceIds.format(run.traceIdHigh(), run.traceIdLow()));
        assertThat(span("register/probe").getParentSpanId())
                .isEqualTo(span("register").getSpanId());
        assertThat(span("execute_tool search").getParentSpanId())
                .isEqualTo(span("register/probe").getSpanId());
        assertThat(span("price").getParentSpanId())
                .isEqualTo(span("execute_tool search").getSpanId());
        assertThat(method.traceIdHigh()).isEqualTo(run.traceIdHigh()).isNotEqualTo(1);
    }

    @Test
    void aFailureIsRecordedWithItsException() {
        Timing timing = started(Kind.METHOD, "price");
        timing.failed(new IllegalStateException("no price"));
        stop(timing);
        SpanData span = span("price");
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(text(span, "error.type")).isEqualTo("IllegalStateException");
        assertThat(span.getEvents())
                .singleElement()
                .satisfies(event -> assertThat(event.getName()).isEqualTo("exception"));
    }

    @Test
    void aToolThatSaysItFailedIsAnErrorWithoutException() {
        Timing timing = started(Kind.TOOL, "search", "general");
        timing.errorType("tool_error");
        stop(timing);
        assertThat(span("execute_tool search").getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(span("execute_tool search").getEvents()).isEmpty();
    }

    @Test
    @SuppressWarnings("try") // the scope is only closed
    void aRequestTakesTheServersSpanThatIsThereAlready() {
        Span server = tracer.spanBuilder("server").setSpanKind(SpanKind.SERVER).startSpan();
        Timing request;
        try (Scope ignored = server.makeCurrent()) {
            request = request();
            stop(started(Kind.DB, "select", "server"));
            spans.detach(request);
        }
        request.series(registry.resolve(Kind.HTTP, "GET", "/items/{id}"));
        spans.stop(request);
        server.end();
        assertThat(exported.getFinishedSpanItems())
                .extracting(SpanData::getName)
                .containsOnly("select server", "server");
        assertThat(span("select server").getParentSpanId())
                .isEqualTo(server.getSpanContext().getSpanId());
        assertThat(TraceIds.format(request.traceIdHigh(), request.traceIdLow()))
                .isEqualTo(server.getSpanContext().getTraceId());
    }

    @Test
    @SuppressWarnings("try") // the scope is only closed
    void aRequestTakesTheServersSpanThatIsMadeAfterTheFilter() {
        Timing request = request();
        Span server = tracer.spanBuilder("server").setSpanKind(SpanKind.SERVER).startSpan();
        try (Scope ignored = server.makeCurrent()) {
            request.series(registry.resolve(Kind.HTTP, "GET", "/items/{id}"));
            spans.routed(request);
            stop(started(Kind.DB, "select", "server"));
        }
        server.end();
        stop(request);
        assertThat(exported.getFinishedSpanItems())
                .extracting(SpanData::getName)
                .containsOnly("select server", "server");
        assertThat(text(span("server"), "http.route")).isEqualTo("/items/{id}");
        assertThat(span("select server").getParentSpanId())
                .isEqualTo(server.getSpanContext().getSpanId());
        assertThat(TraceIds.format(request.traceIdHigh(), request.traceIdLow()))
                .isEqualTo(server.getSpanContext().getTraceId());
    }

    @Test
    void aRequestThatTheServerDoesNotTraceHasASpanOfOursBelowTheCallers() {
        Timing request = request();
        request.traceparent("00-" + TRACE + "-" + PARENT + "-01");
        Timing tool = started(Kind.TOOL, "search", "general");
        stop(tool);
        request.series(registry.resolve(Kind.HTTP, "POST", "/mcp"));
        request.status(200);
        stop(request);
        SpanData span = span("POST /mcp");
        assertThat(span.getKind()).isEqualTo(SpanKind.SERVER);
        assertThat(span.getTraceId()).isEqualTo(TRACE);
        assertThat(span.getParentSpanId()).isEqualTo(PARENT);
        assertThat(span.getStartEpochNanos()).isEqualTo(1_000_000_000_000_001_000L);
        assertThat(span.getEndEpochNanos()).isEqualTo(1_000_000_000_000_002_000L);
        assertThat(text(span, "http.route")).isEqualTo("/mcp");
        assertThat(span.getAttributes().get(AttributeKey.longKey("http.response.status_code")))
                .isEqualTo(200);
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(span("execute_tool search").getParentSpanId()).isEqualTo(span.getSpanId());
        assertThat(TraceIds.format(tool.traceIdHigh(), tool.traceIdLow())).isEqualTo(TRACE);
    }

    @Test
    void aRequestWithoutChildrenHasASpanTooAndAServerErrorIsOne() {
        Timing request = request();
        request.series(registry.resolve(Kind.HTTP, "GET", "/broken"));
        request.status(500);
        stop(request);
        assertThat(span("GET /broken").getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(span("GET /broken").getParentSpanId()).isEqualTo("0000000000000000");
    }

    @Test
    void aJsonRpcRequestIsBelowWhoSentItAndLinkedToTheRequestThatBroughtIt() {
        Timing request = request();
        request.traceparent("00-" + TRACE + "-" + PARENT + "-01");
        spans.join(request);
        Timing call = started(Kind.MCP, "tools/call", "http");
        call.attribute("gen_ai.tool.name", "search");
        call.attribute("jsonrpc.request.id", "7");
        Timing tool = started(Kind.TOOL, "search", "general");
        String sent = spans.traceparent(tool);
        stop(tool);
        stop(call);
        request.series(registry.resolve(Kind.HTTP, "POST", "/mcp"));
        stop(request);
        SpanData http = span("POST /mcp");
        SpanData mcp = span("tools/call search");
        assertThat(http.getParentSpanId()).isEqualTo(PARENT);
        assertThat(mcp.getParentSpanId()).isEqualTo(PARENT);
        assertThat(mcp.getKind()).isEqualTo(SpanKind.SERVER);
        assertThat(mcp.getLinks())
                .singleElement()
                .satisfies(link -> assertThat(link.getSpanContext().getSpanId()).isEqualTo(http.getSpanId()));
        assertThat(text(mcp, "mcp.method.name")).isEqualTo("tools/call");
        assertThat(text(mcp, "gen_ai.operation.name")).isEqualTo("execute_tool");
        assertThat(text(mcp, "gen_ai.tool.name")).isEqualTo("search");
        assertThat(text(mcp, "jsonrpc.request.id")).isEqualTo("7");
        assertThat(text(mcp, "network.transport")).isEqualTo("tcp");
        assertThat(text(mcp, "ergograph.transport")).isEqualTo("http");
        SpanData below = span("execute_tool search");
        assertThat(below.getParentSpanId()).isEqualTo(mcp.getSpanId());
        assertThat(sent).isEqualTo("00-" + TRACE + "-" + below.getSpanId() + "-01");
        assertThat(exported.getFinishedSpanItems())
                .hasSize(3)
                .extracting(SpanData::getTraceId)
                .containsOnly(TRACE);
    }

    @Test
    @SuppressWarnings("try") // the scope is only closed
    void theServersSpanStaysWhereItIsAndIsLinkedWhenTheBodyNamesAnotherTrace() {
        Span server = tracer.spanBuilder("server").setSpanKind(SpanKind.SERVER).startSpan();
        Timing request;
        try (Scope ignored = server.makeCurrent()) {
            request = request();
            request.traceparent("00-" + TRACE + "-" + PARENT + "-01");
            request.traceId(3, 4);
            spans.join(request);
            stop(started(Kind.MCP, "tools/list", "http"));
            spans.detach(request);
        }
        request.series(registry.resolve(Kind.HTTP, "POST", "/mcp"));
        spans.routed(request);
        spans.stop(request);
        server.end();
        assertThat(span("tools/list").getTraceId()).isEqualTo(TRACE);
        assertThat(span("tools/list").getLinks())
                .singleElement()
                .satisfies(link -> assertThat(link.getSpanContext()).isEqualTo(server.getSpanContext()));
        assertThat(request.traceIdHigh()).isEqualTo(3);
    }

    @Test
    void aJsonRpcRequestWithoutTraceOfItsOwnNestsInTheRequestThatBroughtIt() {
        Timing request = request();
        Timing call = started(Kind.MCP, "prompts/get", "http");
        call.attribute("gen_ai.prompt.name", "greet");
        stop(call);
        request.series(registry.resolve(Kind.HTTP, "POST", "/mcp"));
        stop(request);
        assertThat(span("prompts/get greet").getParentSpanId())
                .isEqualTo(span("POST /mcp").getSpanId());
        assertThat(span("prompts/get greet").getLinks()).isEmpty();
    }

    @Test
    void whatTheClientDidWrongIsAnErrorTypeAndNoFailureOfOurs() {
        for (String code : new String[] {"-32700", "-32600", "-32601", "-32602", "-32002", "-32603", "tool_error"}) {
            Timing call = started(Kind.MCP, code, "http");
            call.errorType(code);
            stop(call);
            boolean ours = code.equals("-32603") || code.equals("tool_error");
            assertThat(text(span(code), "error.type")).isEqualTo(code);
            assertThat(span(code).getStatus().getStatusCode())
                    .as(code)
                    .isEqualTo(ours ? StatusCode.ERROR : StatusCode.UNSET);
        }
    }

    @Test
    void aCallToAnUpstreamServerIsAClientSpan() {
        Timing call = started(Kind.EXTERNAL, "weather", "forecast");
        call.attribute("server.address", "weather.example");
        String sent = spans.traceparent(call);
        stop(call);
        stop(started(Kind.EXTERNAL, "weather", "(list)"));
        stop(started(Kind.EXTERNAL, "weather", "resources/read"));
        assertThat(text(span("resources/read"), "mcp.method.name")).isEqualTo("resources/read");
        assertThat(text(span("resources/read"), "gen_ai.tool.name")).isNull();
        SpanData span = span("tools/call forecast");
        assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
        assertThat(text(span, "mcp.method.name")).isEqualTo("tools/call");
        assertThat(text(span, "gen_ai.tool.name")).isEqualTo("forecast");
        assertThat(text(span, "ergograph.server")).isEqualTo("weather");
        assertThat(text(span, "server.address")).isEqualTo("weather.example");
        assertThat(sent).isEqualTo("00-" + span.getTraceId() + "-" + span.getSpanId() + "-01");
        assertThat(text(span("weather/(list)"), "mcp.method.name")).isNull();
    }

    private List<String> points(String metric) {
        return measured.collectAllMetrics().stream()
                .filter(data -> data.getName().equals(metric))
                .peek(data -> assertThat(data.getUnit()).isEqualTo("s"))
                .map(MetricData::getHistogramData)
                .flatMap(data -> data.getPoints().stream())
                .map(TracedSpansTest::point)
                .sorted()
                .toList();
    }

    private static String point(HistogramPointData point) {
        return point.getCount() + " in " + point.getSum() + " " + attributes(point);
    }

    private static Map<String, Object> attributes(HistogramPointData point) {
        Map<String, Object> attributes = new TreeMap<>();
        point.getAttributes().forEach((key, value) -> attributes.put(key.getKey(), value));
        return attributes;
    }

    @Test
    void operationsAreMeasuredUnderTheConventionsNames() {
        for (String error : new String[] {"", "tool_error"}) {
            Timing call = started(Kind.MCP, "tools/call", "http");
            call.attribute("gen_ai.tool.name", "search");
            call.attribute("jsonrpc.request.id", "7");
            call.errorType(error.isEmpty() ? null : error);
            stop(call);
        }
        stop(started(Kind.EXTERNAL, "weather", "forecast"));
        stop(started(Kind.EXTERNAL, "weather", "(list)"));
        stop(started(Kind.DB, "select", "server"));
        stop(started(Kind.METHOD, "price"));
        assertThat(points("mcp.server.operation.duration"))
                .containsExactly(
                        "1 in 1.0E-6 {error.type=tool_error, gen_ai.operation.name=execute_tool, gen_ai.tool.name=search,"
                                + " mcp.method.name=tools/call, network.transport=tcp}",
                        "1 in 1.0E-6 {gen_ai.operation.name=execute_tool, gen_ai.tool.name=search,"
                                + " mcp.method.name=tools/call, network.transport=tcp}");
        assertThat(points("mcp.client.operation.duration"))
                .containsExactly("1 in 1.0E-6 {gen_ai.operation.name=execute_tool, gen_ai.tool.name=forecast,"
                        + " mcp.method.name=tools/call}");
        assertThat(points("db.client.operation.duration"))
                .containsExactly("1 in 1.0E-6 {db.collection.name=server, db.operation.name=select,"
                        + " db.system.name=h2database}");
    }

    @Test
    void whatClientsAskForInVainIsNoAttributeOfAMetric() {
        for (int i = 0; i < 10; i++) {
            Timing call = started(Kind.MCP, "tools/call", "http");
            call.attribute("gen_ai.tool.name", "made up " + i);
            call.errorType("-32602");
            stop(call);
        }
        assertThat(points("mcp.server.operation.duration"))
                .singleElement()
                .asString()
                .startsWith("10 in ")
                .doesNotContain("made up");
    }

    @Test
    void carriedWorkNestsOnAnotherThreadAndLeavesNothingThere() throws Exception {
        Timing request = request();
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            pool.submit(spans.carry(() -> {
                        stop(started(Kind.METHOD, "elsewhere"));
                        return null;
                    }))
                    .get();
            assertThat(pool.submit(() -> Span.current().getSpanContext().isValid())
                            .get())
                    .isFalse();
        } finally {
            pool.shutdownNow();
        }
        request.series(registry.resolve(Kind.HTTP, "GET", "/async"));
        stop(request);
        assertThat(span("elsewhere").getParentSpanId())
                .isEqualTo(span("GET /async").getSpanId());
    }

    @Test
    void aSpanMayEndOnAnotherThreadThanItBegan() throws Exception {
        Timing method = started(Kind.METHOD, "later");
        spans.detach(method);
        assertThat(Span.current().getSpanContext().isValid()).isFalse();
        Thread other = new Thread(() -> spans.stop(method));
        other.start();
        other.join();
        assertThat(span("later").hasEnded()).isTrue();
    }
}
