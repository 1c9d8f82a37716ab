package org.ergograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ergograph.gateway.Conversations.LONG;
import static org.ergograph.gateway.Conversations.SHORT;
import static org.ergograph.gateway.Conversations.call;
import static org.ergograph.gateway.Conversations.failure;
import static org.ergograph.gateway.Conversations.get;
import static org.ergograph.gateway.Conversations.request;
import static org.ergograph.gateway.Conversations.text;
import static org.ergograph.gateway.Conversations.textOf;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.ergograph.gateway.ScriptedServer.Request;
import org.ergograph.gateway.UpstreamException.Reason;
import org.ergograph.observation.NodeIdentity;
import org.ergograph.web.JsonText;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModernUpstreamTest {
    private static final JsonObject TOOLS_CHANGE = JsonText.object()
            .add("tools", JsonText.object().add("listChanged", true))
            .build();

    private final Conversations conversations = new Conversations();
    private final ScriptedServer server;

    ModernUpstreamTest() throws IOException {
        server = new ScriptedServer(request -> request.status(500));
    }

    @AfterEach
    void stop() {
        conversations.close();
        server.close();
    }

    private Upstream open(ScriptedServer.Script script) {
        return open(JsonValue.EMPTY_JSON_OBJECT, script);
    }

    private Upstream open(JsonObject capabilities, ScriptedServer.Script script) {
        server.script(request -> {
            if (!ScriptedServer.modern(request, capabilities)) {
                script.answer(request);
            }
        });
        return conversations.open(server.url());
    }

    @Test
    void requestSaysWhoAsksInHeadersAndMeta() {
        Upstream upstream = open(request -> request.result(text("fine")));
        assertThat(upstream.protocolVersion()).isEqualTo("2026-07-28");
        JsonObject params = JsonText.object()
                .add("name", "caf\u00e9")
                .add(
                        "_meta",
                        JsonText.object()
                                .add("progressToken", "the caller's")
                                .add("example.org/kept", 1)
                                .add("io.modelcontextprotocol/protocolVersion", "forged"))
                .build();
        String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        UpstreamRequest asked = new UpstreamRequest("tools/call", params, LONG, 1000, trace, null);
        assertThat(textOf(get(upstream.request(asked).result()))).isEqualTo("fine");

        Request sent = server.requests("tools/call").get(0);
        assertThat(sent.header("MCP-Protocol-Version")).isEqualTo("2026-07-28");
        assertThat(sent.header("Mcp-Method")).isEqualTo("tools/call");
        assertThat(sent.header("Mcp-Name")).isEqualTo("=?base64?Y2Fmw6k=?=");
        assertThat(sent.header("Accept")).contains("application/json").contains("text/event-stream");
        assertThat(sent.header("traceparent")).isEqualTo(trace);
        assertThat(sent.header(NodeIdentity.VIA_HEADER)).isEqualTo(Conversations.NODE.instanceId());
        assertThat(sent.params().getJsonObject("_meta"))
                .isEqualTo(JsonText.object()
                        .add("example.org/kept", 1)
                        .add("traceparent", trace)
                        .add("io.modelcontextprotocol/protocolVersion", "2026-07-28")
                        .add(
                                "io.modelcontextprotocol/clientInfo",
                                JsonText.object().add("name", "ergograph").add("version", "1.2.3"))
                        .add("io.modelcontextprotocol/clientCapabilities", JsonText.object())
                        .build());
    }

    @Test
    void argumentsThatTheSchemaMirrorsAreSentAsHeadersToo() {
        JsonObject tool = JsonText.object()
                .add("name", "ask")
                .add(
                        "inputSchema",
                        JsonText.object()
                                .add(
                                        "properties",
                                        JsonText.object()
                                                .add("region", JsonText.object().add("x-mcp-header", "Region"))
                                                .add("evil", JsonText.object().add("x-mcp-header", "A: b\r\nC"))
                                                .add(
                                                        "deep",
                                                        JsonText.object()
                                                                .add(
                                                                        "properties",
                                                                        JsonText.object()
                                                                                .add(
                                                                                        "count",
                                                                                        JsonText.object()
                                                                                                .add(
                                                                                                        "x-mcp-header",
                                                                                                        "Count")))))
                                .build())
                .build();
        Upstream upstream = open(request -> request.result(
                request.method().equals("tools/list")
                        ? JsonText.object()
                                .add("tools", JsonText.array().add(tool))
                                .build()
                        : text("fine")));
        get(upstream.request(request("tools/list", JsonValue.EMPTY_JSON_OBJECT, LONG))
                .result());
        JsonObject arguments = JsonText.object()
                .add("region", " eu\n")
                .add("evil", "x")
                .add("deep", JsonText.object().add("count", 3))
                .build();
        get(upstream.request(request(
                        "tools/call",
                        JsonText.object()
                                .add("name", "ask")
                                .add("arguments", arguments)
                                .build(),
                        LONG))
                .result());
        Request sent = server.requests("tools/call").get(0);
        assertThat(sent.header("Mcp-Param-Region")).isEqualTo("=?base64?IGV1Cg==?=");
        assertThat(sent.header("Mcp-Param-Count")).isEqualTo("3");
        assertThat(sent.exchange().getRequestHeaders().keySet()).noneMatch(name -> name.startsWith("A" + ":"));
    }

    @Test
    void progressComesBeforeTheResultAndInOrder() {
        Upstream upstream = open(request -> {
            int token = request.params().getJsonObject("_meta").getInt("progressToken");
            request.openStream();
            for (int i = 1; i <= 3; i++) {
                request.event(progress(token, i));
                request.event(progress(token + 1, i + 100));
            }
            request.event(request.resultOf(text("done")));
        });
        List<String> seen = new ArrayList<>();
        JsonObject result = get(upstream.request(request(
                        "tools/call",
                        JsonText.object().add("name", "x").build(),
                        LONG,
                        params -> seen.add(params.toString())))
                .result());
        assertThat(textOf(result)).isEqualTo("done");
        assertThat(seen).containsExactly("{\"progress\":1}", "{\"progress\":2}", "{\"progress\":3}");
    }

    private static JsonObject progress(int token, int progress) {
        return Messages.notification(
                "notifications/progress",
                JsonText.object()
                        .add("progressToken", token)
                        .add("progress", progress)
                        .build());
    }

    @Test
    void cancellingClosesTheStream() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Upstream upstream = open(request -> {
            request.openStream();
            begun.countDown();
            request.hangUntilGone();
        });
        PendingCall pending = upstream.request(call("slow"));
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        pending.cancel();
        assertThat(failure(pending.result()).reason()).isEqualTo(Reason.CANCELLED);
        assertThat(server.requests("tools/call").get(0).gone().await(30, TimeUnit.SECONDS))
                .isTrue();
    }

    @Test
    void errorOfAToolIsAResult() {
        Upstream upstream = open(request -> request.result(JsonText.object()
                .add("resultType", "complete")
                .add("isError", true)
                .build()));
        assertThat(get(upstream.request(call("x")).result()))
                .isEqualTo(JsonText.object().add("isError", true).build());
    }

    @Test
    void inputThatTheServerWantsIsRefused() throws Exception {
        Upstream upstream = open(request -> request.result(JsonText.object()
                .add("resultType", "input_required")
                .add(
                        "inputRequests",
                        JsonText.object()
                                .add("a", JsonText.object().add("method", "elicitation/create"))
                                .add("b", JsonText.object().add("method", "sampling/createMessage")))
                .build()));
        UpstreamException failure = failure(upstream.request(call("x")).result());
        assertThat(failure.reason()).isEqualTo(Reason.PROTOCOL);
        assertThat(failure).hasMessageContaining("elicitation/create, sampling/createMessage");
        assertThat(conversations.heard.next()).isEqualTo("refused elicitation/create");
        assertThat(conversations.heard.next()).isEqualTo("refused sampling/createMessage");
    }

    @ParameterizedTest(name = "status {0} is {1}")
    @CsvSource({
        "301,REFUSED", "307,REFUSED", "401,REFUSED", "403,REFUSED", "429,REFUSED", "508,REFUSED", "400,PROTOCOL",
        "404,PROTOCOL", "500,PROTOCOL", "502,TRANSPORT", "503,TRANSPORT", "504,TRANSPORT", "202,PROTOCOL",
                "204,PROTOCOL"
    })
    void statusSaysWhy(int status, Reason reason) {
        Upstream upstream = open(request -> request.status(status));
        UpstreamException failure = failure(upstream.request(call("x")).result());
        assertThat(failure.reason()).isEqualTo(reason);
        if (status >= 300) {
            assertThat(failure).hasMessageContaining(Integer.toString(status));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 404, 500})
    void errorOfJsonRpcIsKeptWhateverTheStatus(int status) {
        Upstream upstream = open(request -> request.error(status, -32602, "there is no tool x"));
        UpstreamException failure = failure(upstream.request(call("x")).result());
        assertThat(failure.reason()).isEqualTo(Reason.PROTOCOL);
        assertThat(failure).hasMessageContaining("there is no tool x");
        assertThat(failure.error()).isNotNull();
        assertThat(Results.code(failure.error())).isEqualTo(-32602);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage",
                "",
                "{}",
                "[]",
                "[1]",
                "{\"jsonrpc\":\"2.0\",\"id\":1}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":3}",
                "{\"jsonrpc\":\"2.0\",\"id\":99,\"result\":{}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"resultType\":\"task\"}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{"
            })
    void answerThatIsNoneIsAFailureOfTheProtocol(String body) {
        Upstream upstream = open(request -> request.json(200, body));
        assertThat(failure(upstream.request(call("x")).result()).reason()).isEqualTo(Reason.PROTOCOL);
        Upstream streamed = open(request -> {
            request.openStream();
            request.raw("data: " + body + "\n\n");
        });
        assertThat(failure(streamed.request(call("x")).result()).reason())
                .as("a stream may also have broken off before its answer")
                .isIn(Reason.PROTOCOL, Reason.TRANSPORT);
    }

    @Test
    void deepNestingIsRefusedWithoutGoingDeep() {
        String deep =
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":" + "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000) + "}";
        Upstream upstream = open(request -> request.json(200, deep));
        UpstreamException failure = failure(upstream.request(call("x")).result());
        assertThat(failure.reason()).isEqualTo(Reason.PROTOCOL);
        assertThat(failure).hasMessageContaining("deeper than 200");
    }

    @Test
    void answerOverTheLimitIsTooLargeAndTheConnectionCloses() throws Exception {
        Upstream upstream = open(request -> {
            request.exchange().getResponseHeaders().set("Content-Type", "application/json");
            request.exchange().sendResponseHeaders(200, 0);
            while (true) {
                request.raw("\"" + "x".repeat(10_000) + "\",");
            }
        });
        assertThat(failure(upstream.request(call("x")).result()).reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(server.requests("tools/call").get(0).gone().await(30, TimeUnit.SECONDS))
                .isTrue();
        Upstream streamed = open(request -> {
            request.openStream();
            while (true) {
                request.raw("data: " + "x".repeat(10_000) + "\n");
            }
        });
        assertThat(failure(streamed.request(call("x")).result()).reason()).isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void streamThatEndsBeforeItsResultIsAFailure() {
        Upstream upstream = open(request -> {
            request.openStream();
            request.raw("data: {\"jsonrpc\":\"2.0\",\"id\":1,\"resu");
        });
        assertThat(failure(upstream.request(call("x")).result()).reason()).isEqualTo(Reason.TRANSPORT);
    }

    @Test
    void silenceIsATimeout() {
        Upstream upstream = open(request -> request.end().await());
        UpstreamException failure =
                failure(upstream.request(call("x", "a", JsonValue.TRUE, SHORT)).result());
        assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
    }

    @Test
    void twoHundredSlowCallsTakeAsLongAsOneAndHoldNoThread() throws Exception {
        CountDownLatch all = new CountDownLatch(200);
        CountDownLatch release = new CountDownLatch(1);
        Upstream upstream = open(request -> {
            all.countDown();
            release.await();
            request.result(text(request.params().getJsonObject("arguments").getString("i")));
        });
        List<PendingCall> calls = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            calls.add(upstream.request(call("x", "i", Json.createValue("" + i))));
        }
        assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(conversations.executor.getActiveCount()).isZero();
        release.countDown();
        for (int i = 0; i < 200; i++) {
            assertThat(textOf(get(calls.get(i).result()))).isEqualTo("" + i);
        }
    }

    @Test
    void changesAreHeardAndTheStreamIsOpenedAgainWhenItEnds() throws Exception {
        LinkedBlockingQueue<Request> streams = new LinkedBlockingQueue<>();
        open(TOOLS_CHANGE, request -> {
            assertThat(request.method()).isEqualTo("subscriptions/listen");
            request.openStream();
            request.event(Messages.notification("notifications/subscriptions/acknowledged", null));
            if (streams.isEmpty()) {
                request.event(Messages.notification("notifications/tools/list_changed", null));
                streams.add(request);
            } else {
                streams.add(request);
                request.hangUntilGone();
            }
        });
        assertThat(conversations.heard.next()).isEqualTo("listsChanged");
        assertThat(conversations.heard.next())
                .as("what may have changed while nobody listened")
                .isEqualTo("listsChanged");
        assertThat(streams).hasSize(2);
        assertThat(server.requests("subscriptions/listen").get(0).params().getJsonObject("notifications"))
                .isEqualTo(JsonText.object().add("toolsListChanged", true).build());
    }

    @Test
    void closingFailsWhatIsPendingAndEndsTheStreams() throws Exception {
        CountDownLatch begun = new CountDownLatch(2);
        Upstream upstream = open(TOOLS_CHANGE, request -> {
            request.openStream();
            begun.countDown();
            request.hangUntilGone();
        });
        PendingCall pending = upstream.request(call("x"));
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        upstream.close();
        assertThat(failure(pending.result()).reason()).isEqualTo(Reason.TRANSPORT);
        for (String method : List.of("tools/call", "subscriptions/listen")) {
            assertThat(server.requests(method).get(0).gone().await(30, TimeUnit.SECONDS))
                    .isTrue();
        }
        assertThat(failure(upstream.request(call("x")).result()).reason()).isEqualTo(Reason.TRANSPORT);
    }

    @Test
    void serverThatHasForgottenTheRevisionIsLost() throws Exception {
        Upstream upstream = open(request -> request.error(400, -32022, "unsupported"));
        assertThat(failure(upstream.request(call("x")).result()).reason()).isEqualTo(Reason.PROTOCOL);
        assertThat(conversations.heard.next()).startsWith("lost");
    }
}
