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
import java.util.concurrent.atomic.AtomicInteger;
import org.ergograph.gateway.ScriptedServer.Request;
import org.ergograph.gateway.UpstreamException.Reason;
import org.ergograph.web.JsonText;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LegacyUpstreamTest {
    private static final JsonObject TOOLS_CHANGE = JsonText.object()
            .add("tools", JsonText.object().add("listChanged", true))
            .build();

    private final Conversations conversations = new Conversations();
    private final LinkedBlockingQueue<Request> answers = new LinkedBlockingQueue<>();
    private final AtomicInteger sessions = new AtomicInteger();
    private final ScriptedServer server;

    LegacyUpstreamTest() throws IOException {
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

    /** Sessions are named by their number; what is sent beside the calls is taken. */
    private Upstream open(JsonObject capabilities, ScriptedServer.Script script) {
        server.script(request -> {
            if (request.method().equals("initialize")) {
                sessions.incrementAndGet();
            }
            if (ScriptedServer.legacy(request, "session-" + sessions, capabilities)) {
                return;
            }
            if (request.verb().equals("DELETE")
                    || !request.message().containsKey("id")
                    || !request.message().containsKey("method")) {
                if (request.verb().equals("GET")) {
                    script.answer(request);
                } else {
                    answers.add(request);
                    request.status(request.verb().equals("DELETE") ? 200 : 202);
                }
            } else {
                script.answer(request);
            }
        });
        return conversations.open(server.url());
    }

    private Request nextAnswer() throws InterruptedException {
        Request answer = answers.poll(30, TimeUnit.SECONDS);
        if (answer == null) {
            throw new AssertionError("nothing was sent");
        }
        return answer;
    }

    @Test
    void conversationBeginsWithInitializeAndKeepsItsSession() {
        Upstream upstream = open(request -> request.result(text("fine")));
        assertThat(upstream.protocolVersion()).isEqualTo("2025-06-18");
        assertThat(textOf(get(upstream.request(call("x")).result()))).isEqualTo("fine");

        Request initialize = server.requests("initialize").get(0);
        assertThat(initialize.params().getString("protocolVersion")).isEqualTo("2025-11-25");
        assertThat(initialize.params().getJsonObject("capabilities")).isEmpty();
        assertThat(initialize.header("Mcp-Session-Id")).isNull();
        for (String method : List.of("notifications/initialized", "tools/call")) {
            Request sent = server.requests(method).get(0);
            assertThat(sent.header("Mcp-Session-Id")).isEqualTo("session-1");
            assertThat(sent.header("MCP-Protocol-Version")).isEqualTo("2025-06-18");
        }
        assertThat(server.requests("tools/call").get(0).params())
                .as("nothing of a later revision")
                .isEqualTo(JsonText.object().add("name", "x").build());
    }

    @Test
    void closingDeletesTheSession() throws Exception {
        Upstream upstream = open(request -> request.result(text("fine")));
        upstream.close();
        Request delete = nextAnswer();
        assertThat(delete.verb()).isEqualTo("DELETE");
        assertThat(delete.header("Mcp-Session-Id")).isEqualTo("session-1");
        assertThat(failure(upstream.request(call("x")).result()).reason()).isEqualTo(Reason.TRANSPORT);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void forgottenSessionIsBegunAnewOnceForAllWhoWait(boolean notFound) throws Exception {
        CountDownLatch all = new CountDownLatch(20);
        Upstream upstream = open(request -> {
            if ("session-2".equals(request.header("Mcp-Session-Id"))) {
                request.result(text("fine"));
            } else {
                all.countDown();
                all.await();
                request.error(notFound ? 404 : 400, -32000, "Bad Request: No valid session ID provided");
            }
        });
        List<PendingCall> calls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            calls.add(upstream.request(call("x")));
        }
        for (PendingCall pending : calls) {
            assertThat(textOf(get(pending.result()))).isEqualTo("fine");
        }
        assertThat(sessions).hasValue(2);
        assertThat(conversations.heard.next()).isEqualTo("listsChanged");
        assertThat(conversations.heard.words).isEmpty();
    }

    @Test
    void sessionThatIsForgottenAgainAndAgainIsAFailure() {
        Upstream upstream = open(request -> request.status(404));
        assertThat(failure(upstream.request(call("x")).result()).reason()).isEqualTo(Reason.PROTOCOL);
        assertThat(server.requests("tools/call")).hasSize(2);
    }

    @Test
    void serverThatBeginsNoOtherSessionIsLost() throws Exception {
        Upstream upstream = open(request -> {
            server.script(later -> later.status(later.method().equals("initialize") ? 503 : 404));
            request.status(404);
        });
        assertThat(failure(upstream.request(call("x")).result()).reason()).isEqualTo(Reason.TRANSPORT);
        assertThat(conversations.heard.next()).startsWith("lost");
    }

    @Test
    void whatTheServerAsksIsRefusedAndAPingAnswered() throws Exception {
        Upstream upstream = open(request -> {
            request.openStream();
            request.event(asked("a", "ping"));
            request.event(asked("b", "sampling/createMessage"));
            request.event(asked("c", "roots/list"));
            request.event(request.resultOf(text("done")));
        });
        assertThat(textOf(get(upstream.request(call("x")).result()))).isEqualTo("done");
        List<JsonObject> said = List.of(
                nextAnswer().message(), nextAnswer().message(), nextAnswer().message());
        assertThat(said)
                .contains(Messages.result(Json.createValue("a"), JsonValue.EMPTY_JSON_OBJECT))
                .filteredOn(message -> message.containsKey("error"))
                .extracting(message ->
                        message.getString("id") + message.getJsonObject("error").getInt("code"))
                .containsExactlyInAnyOrder("b-32601", "c-32601");
        assertThat(conversations.heard.next()).isEqualTo("refused sampling/createMessage");
        assertThat(conversations.heard.next()).isEqualTo("refused roots/list");
    }

    private static JsonObject asked(String id, String method) {
        return JsonText.object()
                .add("jsonrpc", "2.0")
                .add("id", id)
                .add("method", method)
                .build();
    }

    @Test
    void progressGoesToItsRequest() {
        Upstream upstream = open(request -> {
            request.openStream();
            int token = request.params().getJsonObject("_meta").getInt("progressToken");
            assertThat(token).isEqualTo(request.message().getInt("id"));
            request.event(Messages.notification(
                    "notifications/progress",
                    JsonText.object()
                            .add("progressToken", token)
                            .add("progress", 0.5)
                            .add("message", "half")
                            .build()));
            request.event(request.resultOf(text("done")));
        });
        List<String> seen = new ArrayList<>();
        get(upstream.request(request(
                        "tools/call",
                        JsonText.object().add("name", "x").build(),
                        LONG,
                        params -> seen.add(params.toString())))
                .result());
        assertThat(seen).containsExactly("{\"progress\":0.5,\"message\":\"half\"}");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void serverIsToldThatNobodyWaitsAnyMore(boolean cancelled) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Upstream upstream = open(request -> {
            begun.countDown();
            request.openStream();
            request.hangUntilGone();
        });
        PendingCall pending = upstream.request(call("x", "a", JsonValue.TRUE, cancelled ? LONG : SHORT));
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        if (cancelled) {
            pending.cancel();
        }
        assertThat(failure(pending.result()).reason()).isEqualTo(cancelled ? Reason.CANCELLED : Reason.TIMEOUT);
        JsonObject told = nextAnswer().message();
        assertThat(told.getString("method")).isEqualTo("notifications/cancelled");
        assertThat(told.getJsonObject("params").getInt("requestId"))
                .isEqualTo(server.requests("tools/call").get(0).message().getInt("id"));
        assertThat(server.requests("tools/call").get(0).gone().await(30, TimeUnit.SECONDS))
                .isTrue();
    }

    @Test
    void changesAreHeardOnTheStreamOfItsOwn() throws Exception {
        open(TOOLS_CHANGE, request -> {
            assertThat(request.verb()).isEqualTo("GET");
            assertThat(request.header("Mcp-Session-Id")).isEqualTo("session-1");
            request.openStream();
            request.raw("id: 1\ndata:\n\n");
            request.event(Messages.notification("notifications/tools/list_changed", null));
            request.event(Messages.notification(
                    "notifications/resources/updated",
                    JsonText.object().add("uri", "file:///a").build()));
            request.event(asked("q", "elicitation/create"));
            request.hangUntilGone();
        });
        assertThat(conversations.heard.next()).isEqualTo("listsChanged");
        assertThat(conversations.heard.next()).isEqualTo("resourceUpdated file:///a");
        assertThat(conversations.heard.next()).isEqualTo("refused elicitation/create");
        assertThat(nextAnswer().message().getJsonObject("error").getInt("code")).isEqualTo(-32601);
    }

    @Test
    void streamThatCannotBeReadIsClosedAndOpenedAgain() throws Exception {
        LinkedBlockingQueue<Request> streams = new LinkedBlockingQueue<>();
        open(TOOLS_CHANGE, request -> {
            boolean first = streams.isEmpty();
            streams.add(request);
            request.openStream();
            if (first) {
                request.raw("data: garbage\n\n");
            } else {
                request.event(Messages.notification("notifications/tools/list_changed", null));
            }
            request.hangUntilGone();
        });
        assertThat(conversations.heard.next()).isEqualTo("listsChanged");
        assertThat(streams.remove().gone().await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(streams).hasSize(1);
    }

    @Test
    void serverWithoutAStreamOfItsOwnIsNotAskedAgain() {
        Upstream upstream = open(TOOLS_CHANGE, request -> {
            if (request.verb().equals("GET")) {
                request.status(405);
            } else {
                request.result(text("fine"));
            }
        });
        for (int i = 0; i < 3; i++) {
            get(upstream.request(call("x")).result());
        }
        assertThat(server.requests().stream().filter(request -> request.verb().equals("GET")))
                .hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void serverWithoutSessionsIsServedToo() {
        server.script(request -> {
            if (!ScriptedServer.legacy(request, null, JsonValue.EMPTY_JSON_OBJECT)) {
                request.result(text("fine"));
            }
        });
        Upstream upstream = conversations.open(server.url());
        assertThat(textOf(get(upstream.request(call("x")).result()))).isEqualTo("fine");
        upstream.close();
        assertThat(server.requests()).noneMatch(request -> request.verb().equals("DELETE"));
    }
}
