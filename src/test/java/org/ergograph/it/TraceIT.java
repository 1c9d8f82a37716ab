package org.ergograph.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.ergograph.it.OtlpReceiver.Received;
import org.ergograph.observation.TraceIds;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server with tracing on says by OTLP: names, parents, one trace from client to database. */
@Tag("process")
class TraceIT {
    private static final String PARENT = "b7ad6b7169203331";

    /** Tells the whole command line, with whatever an operator has put there. */
    private static final String PROCESS = "io.opentelemetry.instrumentation.resources.ProcessResourceProvider";

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    @ParameterizedTest
    @ValueSource(strings = {"liberty", "payara"})
    void workIsOneTraceUnderTheConventionsNames(String name) throws Exception {
        Path home = Files.createDirectories(Path.of("target/it/trace-" + name));
        Path data = home.resolve("data").toAbsolutePath();
        ServerProcess.delete(data);
        try (OtlpReceiver receiver = new OtlpReceiver();
                ServerProcess server = ServerProcess.shipped(
                        name,
                        home,
                        Map.ofEntries(
                                Map.entry("ergograph.data.dir", data.toString()),
                                Map.entry("ergograph.outbound.allow", "loopback"),
                                Map.entry("ergograph.trace.tool-arguments", "true"),
                                Map.entry("otel.sdk.disabled", "false"),
                                Map.entry("otel.service.name", "traced"),
                                Map.entry("otel.resource.attributes", "deployment.environment.name=test"),
                                Map.entry("otel.exporter.otlp.protocol", "http/protobuf"),
                                Map.entry("otel.exporter.otlp.endpoint", receiver.endpoint()),
                                Map.entry("otel.java.disabled.resource.providers", PROCESS),
                                Map.entry("otel.logs.exporter", "none"),
                                Map.entry("otel.bsp.schedule.delay", "200"),
                                Map.entry("otel.metric.export.interval", "1000")))) {
            registrationIsOneTrace(server, receiver);
            messageJoinsTheTraceOfItsSender(server, receiver);
            try (EchoUpstream upstream = new EchoUpstream()) {
                callIsOneTraceFromClientToUpstream(server, receiver, upstream);
            }
            if (name.equals("liberty")) {
                operationsAreMeasured(receiver);
            }
        }
    }

    private void registrationIsOneTrace(ServerProcess server, OtlpReceiver receiver) throws Exception {
        String trace = TraceIds.format(TraceIds.random(), TraceIds.random());
        HttpResponse<String> answer = client.send(
                request(server, "/api/v1/servers")
                        .header("Content-Type", "application/json")
                        .header("traceparent", "00-" + trace + "-" + PARENT + "-01")
                        .POST(
                                BodyPublishers.ofString(
                                        "{\"name\":\"nobody\",\"url\":\"http://127.0.0.1:1/mcp\",\"transport\":\"streamable-http\"}"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);

        List<Received> spans = Await.until(
                "the request's spans are there",
                () -> receiver.trace(trace),
                found -> found.stream().anyMatch(span -> span.kind() == SpanKind.SPAN_KIND_SERVER)
                        && found.stream().anyMatch(span -> span.name().equals("register_server")));
        Received http = only(spans, SpanKind.SPAN_KIND_SERVER);
        assertThat(http.parent()).isEqualTo(PARENT);
        assertThat(http.attributes()).containsEntry("http.route", "/api/v1/servers");
        assertThat(http.resource())
                .containsEntry("service.name", "traced")
                .containsEntry("deployment.environment.name", "test");
        assertThat(http.resource()).doesNotContainKey("process.command_line");
        Received run = named(spans, "register_server");
        assertThat(run.parent()).isEqualTo(http.spanId());
        for (String step : List.of("validate", "probe", "store")) {
            Received span = named(spans, "register_server/" + step);
            assertThat(span.parent()).isEqualTo(run.spanId());
            assertThat(span.kind()).isEqualTo(SpanKind.SPAN_KIND_INTERNAL);
        }
        Received insert = named(spans, "insert upstream_server");
        assertThat(insert.parent())
                .isEqualTo(named(spans, "register_server/store").spanId());
        assertThat(insert.kind()).isEqualTo(SpanKind.SPAN_KIND_CLIENT);
        assertThat(insert.attributes()).containsEntry("db.system.name", "h2database");
        assertThat(rows(server, trace, 6))
                .extracting(row -> row.getString("name"))
                .contains("POST /api/v1/servers", "register_server/(run)", "insert upstream_server");
    }

    /** The trace is in the message only, as the conventions have it. */
    private void messageJoinsTheTraceOfItsSender(ServerProcess server, OtlpReceiver receiver) throws Exception {
        String trace = TraceIds.format(TraceIds.random(), TraceIds.random());
        HttpResponse<String> answer = call(server, "no_such_tool", "{}", trace);
        assertThat(Json.object(answer.body()).getJsonObject("error").getInt("code"))
                .isEqualTo(-32602);

        List<Received> spans =
                Await.until("the message's spans are there", () -> receiver.trace(trace), found -> found.size() >= 2);
        Received message = named(spans, "tools/call no_such_tool");
        Received http = named(spans, "POST /mcp");
        assertThat(message.parent()).isEqualTo(PARENT);
        assertThat(message.kind()).isEqualTo(SpanKind.SPAN_KIND_SERVER);
        assertThat(message.links()).containsExactly(http.spanId());
        assertThat(message.status()).isEqualTo("STATUS_CODE_UNSET");
        assertThat(message.attributes())
                .containsEntry("mcp.method.name", "tools/call")
                .containsEntry("gen_ai.operation.name", "execute_tool")
                .containsEntry("mcp.protocol.version", "2026-07-28")
                .containsEntry("jsonrpc.request.id", "7")
                .containsEntry("network.transport", "tcp")
                .containsEntry("error.type", "-32602")
                .containsEntry("rpc.response.status_code", "-32602");
        assertThat(http.parent()).isEqualTo(PARENT);
        assertThat(rows(server, trace, 2))
                .extracting(row -> row.getString("name"))
                .containsExactlyInAnyOrder("POST /mcp", "tools/call");
    }

    private void callIsOneTraceFromClientToUpstream(ServerProcess server, OtlpReceiver receiver, EchoUpstream upstream)
            throws Exception {
        HttpResponse<String> registered = client.send(
                request(server, "/api/v1/servers")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"name\":\"up\",\"url\":\"" + upstream.url() + "\"}"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(registered.statusCode()).as(registered.body()).isEqualTo(201);
        Await.until(
                "the upstream's tool is offered",
                () -> call(server, "up__echo", "{}", TraceIds.format(TraceIds.random(), TraceIds.random()))
                        .body(),
                answer -> answer.contains("\"result\""));

        String trace = TraceIds.format(TraceIds.random(), TraceIds.random());
        HttpResponse<String> answer = call(server, "up__echo", "{\"city\":\"Bern\",\"password\":\"x\"}", trace);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);

        List<Received> spans =
                Await.until("the call's spans are there", () -> receiver.trace(trace), found -> found.size() >= 4);
        Received message = named(spans, "tools/call up__echo");
        Received tool = named(spans, "execute_tool up__echo");
        Received sent = named(spans, "tools/call echo");
        assertThat(message.parent()).isEqualTo(PARENT);
        assertThat(message.links()).containsExactly(named(spans, "POST /mcp").spanId());
        assertThat(tool.parent()).isEqualTo(message.spanId());
        assertThat(tool.attributes())
                .containsEntry("gen_ai.tool.call.arguments", "{\"city\":\"Bern\",\"password\":\"[redacted]\"}");
        assertThat(sent.parent()).isEqualTo(tool.spanId());
        assertThat(sent.kind()).isEqualTo(SpanKind.SPAN_KIND_CLIENT);
        assertThat(sent.attributes())
                .containsEntry("ergograph.server", "up")
                .containsEntry("gen_ai.tool.name", "echo")
                .containsEntry("server.address", "127.0.0.1");
        String traceparent = "00-" + trace + "-" + sent.spanId() + "-01";
        assertThat(upstream.calls()).last().isEqualTo(new EchoUpstream.Traced(traceparent, traceparent));
        assertThat(rows(server, trace, 4))
                .extracting(row -> row.getString("kind"))
                .containsExactlyInAnyOrder("http", "mcp", "tool", "external");
    }

    private HttpResponse<String> call(ServerProcess server, String tool, String arguments, String trace)
            throws Exception {
        String meta = ",\"traceparent\":\"00-" + trace + "-" + PARENT + "-01\"";
        return client.send(
                ModernCall.of(request(server, "/mcp"), tool, arguments, meta).build(), BodyHandlers.ofString());
    }

    private void operationsAreMeasured(OtlpReceiver receiver) throws Exception {
        Map<String, Metric> metrics = Await.until(
                "metrics are there",
                receiver::metrics,
                found -> found.containsKey("mcp.server.operation.duration")
                        && found.containsKey("mcp.client.operation.duration"));
        System.out.println("measured by OTLP: " + new TreeSet<>(metrics.keySet()));
        assertThat(metrics).containsKeys("mcp.server.operation.duration", "db.client.operation.duration");
        Metric database = Objects.requireNonNull(metrics.get("db.client.operation.duration"));
        assertThat(database.getUnit()).isEqualTo("s");
        HistogramDataPoint point = database.getHistogram().getDataPoints(0);
        assertThat(point.getExplicitBoundsList()).startsWith(0.001, 0.005).endsWith(5.0, 10.0);
        assertThat(OtlpReceiver.attributes(point.getAttributesList())).containsEntry("db.system.name", "h2database");
    }

    private static Received named(List<Received> spans, String name) {
        List<Received> found =
                spans.stream().filter(span -> span.name().equals(name)).toList();
        assertThat(found).as(name + " among " + spans).hasSize(1);
        return found.get(0);
    }

    private static Received only(List<Received> spans, SpanKind kind) {
        List<Received> found =
                spans.stream().filter(span -> span.kind() == kind).toList();
        assertThat(found).as(kind + " among " + spans).hasSize(1);
        return found.get(0);
    }

    /** The rows of the audit log that belong to this trace. */
    private List<JsonObject> rows(ServerProcess server, String trace, int atLeast) throws Exception {
        return Await.until(
                "the rows are written",
                () -> Json.object(client.send(
                                        request(server, "/api/v1/audit?traceId=" + trace)
                                                .build(),
                                        BodyHandlers.ofString())
                                .body())
                        .getJsonArray("items")
                        .getValuesAs(JsonObject.class),
                found -> found.size() >= atLeast);
    }

    private static HttpRequest.Builder request(ServerProcess server, String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path))
                .timeout(Duration.ofSeconds(30));
    }
}
