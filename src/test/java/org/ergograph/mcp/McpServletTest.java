package org.ergograph.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.ergograph.observation.Observation;
import org.ergograph.tool.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class McpServletTest {
    private final CompletableFuture<Answer> later = new CompletableFuture<>();
    private final AtomicInteger cancellations = new AtomicInteger();
    private McpServer server;

    @BeforeEach
    void start(@TempDir Path directory) {
        server = new McpServer(
                directory,
                McpServer.tools(
                        McpServer.tool("hello", call -> CompletableFuture.completedFuture(Answer.text("hello"))),
                        McpServer.tool("bad", call -> {
                            throw new IllegalStateException("secret");
                        }),
                        McpServer.tool(
                                "wrong",
                                call -> CompletableFuture.completedFuture(Answer.toolError("no", "tool_error"))),
                        McpServer.tool("later", call -> {
                            call.onCancel(cancellations::incrementAndGet);
                            return later;
                        }),
                        McpServer.tool("reports", call -> {
                            call.progress(1, 2, "half");
                            call.progress(1, 2, "not greater");
                            return later;
                        }),
                        McpServer.tool(
                                "regional",
                                "{\"type\":\"object\",\"properties\":{\"region\":{\"type\":\"string\",\"x-mcp-header\":\"Region\"}}}",
                                call -> CompletableFuture.completedFuture(Answer.text("there")))));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private Observation observed(String name) {
        McpServer.await(
                "the observation " + name,
                () -> server.recorder.observations().stream()
                        .anyMatch(observation -> observation.series().name().equals(name)));
        return server.recorder.observations().stream()
                .filter(observation -> observation.series().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String result(HttpResponse<String> response) {
        return McpServer.json(response.body())
                .getJsonObject("result")
                .getJsonArray("content")
                .getJsonObject(0)
                .getString("text");
    }

    @Test
    void modernClientCallsATool() throws Exception {
        HttpResponse<String> response = server.send(server.call("hello"));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(result(response)).isEqualTo("hello");
        JsonObject result = McpServer.json(response.body()).getJsonObject("result");
        assertThat(result.getString("resultType")).isEqualTo("complete");
        Observation observation = observed("tools/call");
        assertThat(observation.errorType()).isNull();
        assertThat(observation.responseBytes()).isEqualTo(response.body().length());
        assertThat(observation.requestBytes()).isPositive();
        assertThat(server.recorder.open()).isZero();
    }

    @Test
    void legacyClientCallsAToolWithoutASession() throws Exception {
        HttpResponse<String> response = server.send(server.legacy("2025-06-18", "", """
                {"jsonrpc":"2.0","id":"x","method":"tools/call","params":{"name":"hello"}}"""));
        assertThat(result(response)).isEqualTo("hello");
        assertThat(McpServer.json(response.body()).getString("id")).isEqualTo("x");
        assertThat(McpServer.json(response.body()).getJsonObject("result")).doesNotContainKey("resultType");
    }

    @Test
    void failureOfAToolTellsNothing() throws Exception {
        HttpResponse<String> response = server.send(server.call("bad"));
        assertThat(response.body()).doesNotContain("secret").contains("internal error");
        assertThat(McpServer.errorCode(response.body())).isEqualTo(-32603);
        assertThat(observed("tools/call").errorType()).isEqualTo("-32603");
    }

    @Test
    void errorOfAToolIsAResultAndAnErrorOfTheObservation() throws Exception {
        HttpResponse<String> response = server.send(server.call("wrong"));
        assertThat(McpServer.json(response.body()).getJsonObject("result").getBoolean("isError"))
                .isTrue();
        assertThat(observed("tools/call").errorType()).isEqualTo("tool_error");
    }

    @Test
    void unknownToolIsAnErrorOfTheProtocol() throws Exception {
        assertThat(McpServer.errorCode(server.send(server.call("none")).body())).isEqualTo(-32602);
    }

    @Test
    void resultThatComesLaterIsAnsweredWithoutAThreadThatWaits() throws Exception {
        CompletableFuture<HttpResponse<String>> response =
                CompletableFuture.supplyAsync(() -> sent(server.call("later")));
        McpServer.await("the open call", () -> server.transport.requests().open() == 1);
        later.complete(Answer.text("at last"));
        assertThat(result(response.get())).isEqualTo("at last");
        McpServer.await("the end of the call", () -> server.transport.requests().open() == 0);
        assertThat(observed("tools/call").responseBytes())
                .isEqualTo(response.get().body().length());
    }

    private HttpResponse<String> sent(HttpRequest.Builder request) {
        try {
            return server.send(request);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void progressComesInEventsBeforeTheResult() throws Exception {
        CompletableFuture<HttpResponse<String>> response =
                CompletableFuture.supplyAsync(() -> sent(server.call("reports")));
        McpServer.await("the open stream", () -> server.transport.connections().open() == 1);
        later.complete(Answer.text("done"));
        String body = response.get().body();
        assertThat(response.get().headers().firstValue("Content-Type").orElse(""))
                .startsWith("text/event-stream");
        assertThat(body.lines().filter(line -> line.startsWith("data: "))).hasSize(2);
        assertThat(body).contains("\"progressToken\":\"p\",\"progress\":1,\"total\":2,\"message\":\"half\"");
        assertThat(body.indexOf("\"result\"")).isGreaterThan(body.indexOf("notifications/progress"));
        McpServer.await(
                "the end of the stream", () -> server.transport.connections().open() == 0);
    }

    @Test
    void cancellationOfALegacyRequestReachesTheTool() throws Exception {
        String session = server.initialized();
        CompletableFuture<HttpResponse<String>> response =
                CompletableFuture.supplyAsync(() -> sent(server.legacy("2025-11-25", session, """
                        {"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"later"}}""")));
        McpServer.await("the open call", () -> server.transport.requests().open() == 1);
        HttpResponse<String> other = server.send(server.legacy("2025-11-25", "another-session", """
                {"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":5}}"""));
        assertThat(other.statusCode()).isEqualTo(202);
        assertThat(cancellations).hasValue(0);
        server.send(server.legacy("2025-11-25", session, """
                {"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":5}}"""));
        assertThat(response.get().statusCode()).isEqualTo(200);
        assertThat(cancellations).hasValue(1);
        assertThat(observed("tools/call").errorType()).isEqualTo("cancelled");
    }

    @Test
    void callThatTakesTooLongIsCancelledAndAnswered() throws Exception {
        CompletableFuture<HttpResponse<String>> response =
                CompletableFuture.supplyAsync(() -> sent(server.call("later")));
        McpServer.await("the open call", () -> server.transport.requests().open() == 1);
        server.transport.requests().tick(System.nanoTime() + 301_000_000_000L);
        assertThat(McpServer.errorCode(response.get().body())).isEqualTo(-32603);
        assertThat(response.get().body()).contains("no result within PT5M");
        assertThat(cancellations).hasValue(1);
        assertThat(observed("tools/call").errorType()).isEqualTo("timeout");
    }

    @Test
    void slowCallBecomesAStreamSoThatALostClientIsNoticed() throws Exception {
        var response = CompletableFuture.supplyAsync(() -> {
            try {
                return server.open(server.call("later"));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        McpServer.await("the open call", () -> server.transport.requests().open() == 1);
        server.transport.requests().tick(System.nanoTime() + 3_000_000_000L);
        response.get().body().close();
        McpServer.await("that the client is gone", () -> {
            server.transport.requests().tick(System.nanoTime() + 16_000_000_000L);
            return server.transport.requests().open() == 0;
        });
        McpServer.await("the cancellation", () -> cancellations.get() == 1);
        McpServer.await(
                "the end of the stream", () -> server.transport.connections().open() == 0);
        assertThat(observed("tools/call").errorType()).isEqualTo("cancelled");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no JSON at all                                                     | 400 | -32700",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":2,\"method\":\"ping\"}        | 400 | -32700",
                "3                                                                  | 400 | -32600",
                "{}                                                                 | 400 | -32600",
                "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}                 | 400 | -32600",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}              | 400 | -32600",
                "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"}               | 400 | -32600",
                "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}                | 400 | -32600",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}                        | 400 | -32600",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":[1]}  | 400 | -32602",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"no/such\"}              | 200 | -32601",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"server/discover\"}      | 400 | -32020",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\"}           | 200 | -32602",
                "[]                                                                 | 400 | -32600"
            })
    void hostileBodyIsRefused(String body, int status, int code) throws Exception {
        HttpResponse<String> response = server.send(server.post(body));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(McpServer.errorCode(response.body())).isEqualTo(code);
        McpServer.await("the observation", () -> !server.recorder.observations().isEmpty());
        assertThat(server.recorder.observations().get(0).errorType()).isEqualTo(Integer.toString(code));
    }

    @Test
    void unknownMethodsShareOneSeries() throws Exception {
        server.send(server.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"made/up\"}"));
        assertThat(observed("_other").errorType()).isEqualTo("-32601");
    }

    @Test
    void bodyBeyondTheLimitIsRefused() throws Exception {
        String long1 = "x".repeat(65 * 1024);
        HttpResponse<String> response = server.send(server.post("{\"a\":\"" + long1 + "\"}"));
        assertThat(response.statusCode()).isEqualTo(413);
    }

    @Test
    void otherMediaTypesAreRefused() throws Exception {
        HttpResponse<String> sent = server.send(server.request()
                .header("Content-Type", "text/plain")
                .header("Accept", "*/*")
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
        assertThat(sent.statusCode()).isEqualTo(415);
        HttpResponse<String> wanted = server.send(server.request()
                .header("Content-Type", "application/json; charset=utf-8")
                .header("Accept", "text/html")
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
        assertThat(wanted.statusCode()).isEqualTo(406);
    }

    @Test
    void bogusVersionIsRefusedInBothEras() throws Exception {
        HttpResponse<String> response =
                server.send(server.legacy("1999-01-01", "", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}"));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(McpServer.errorCode(response.body())).isEqualTo(-32022);
        assertThat(McpServer.json(response.body())
                        .getJsonObject("error")
                        .getJsonObject("data")
                        .getJsonArray("supported"))
                .hasSize(4);
    }

    @Test
    void argumentThatIsRepeatedInAHeaderMustBeTheSame() throws Exception {
        HttpRequest.Builder request =
                server.modern("tools/call", "regional", "\"name\":\"regional\",\"arguments\":{\"region\":\"eu\"},");
        HttpResponse<String> missing = server.send(request);
        assertThat(missing.statusCode()).isEqualTo(400);
        assertThat(McpServer.errorCode(missing.body())).isEqualTo(-32020);
        HttpResponse<String> there = server.send(request.header("Mcp-Param-Region", "=?base64?ZXU=?="));
        assertThat(result(there)).isEqualTo("there");
    }

    @Test
    void batchIsAnsweredInTheOneRevisionThatHasIt() throws Exception {
        String batch = """
                [{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","method":"notifications/initialized"},
                {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"later"}},{"id":3}]""";
        CompletableFuture<HttpResponse<String>> response =
                CompletableFuture.supplyAsync(() -> sent(server.legacy("2025-03-26", "", batch)));
        McpServer.await("the open call", () -> server.transport.requests().open() == 1);
        later.complete(Answer.text("late"));
        String body = response.get().body();
        assertThat(body).startsWith("[").endsWith("]").contains("late").contains("-32600");
        assertThat(McpServer.json("{\"all\":" + body + "}").getJsonArray("all")).hasSize(3);
        HttpResponse<String> refused = server.send(server.legacy("2025-06-18", "", batch));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(McpServer.errorCode(refused.body())).isEqualTo(-32600);
    }

    @Test
    void endedSessionIsNotFound() throws Exception {
        String session = server.initialized();
        String ping = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
        assertThat(server.send(server.legacy("2025-11-25", session, ping)).statusCode())
                .isEqualTo(200);
        HttpResponse<String> ended =
                server.send(server.request().header("Mcp-Session-Id", session).DELETE());
        assertThat(ended.statusCode()).isEqualTo(204);
        assertThat(server.send(server.legacy("2025-11-25", session, ping)).statusCode())
                .isEqualTo(404);
    }

    @Test
    void otherHttpMethodsAreNotAllowed() throws Exception {
        HttpResponse<String> response =
                server.send(server.request().method("PUT", HttpRequest.BodyPublishers.noBody()));
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).isPresent();
    }

    @Test
    void pageOfAnotherOriginMayNotCall() throws Exception {
        HttpResponse<String> refused = server.send(server.call("hello").header("Origin", "https://evil.example"));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(Objects.requireNonNull(McpServer.json(refused.body()).getString("detail")))
                .contains("ergograph.mcp.allowed-origins");
        HttpResponse<String> good = server.send(server.call("hello").header("Origin", "https://good.example"));
        assertThat(good.statusCode()).isEqualTo(200);
        assertThat(good.headers().firstValue("Access-Control-Allow-Origin")).contains("https://good.example");
    }

    @Test
    void browserLearnsWhatAPageMaySend() throws Exception {
        HttpResponse<String> response = server.send(server.request()
                .header("Origin", "http://localhost:6274")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "content-type, mcp-protocol-version")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.headers().firstValue("Access-Control-Allow-Headers"))
                .contains("content-type, mcp-protocol-version");
    }
}
