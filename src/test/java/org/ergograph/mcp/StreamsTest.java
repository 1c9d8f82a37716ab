package org.ergograph.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.ergograph.tool.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams of notifications, and what clients are asked on streams. */
class StreamsTest {
    private McpServer server;

    @BeforeEach
    void start(@TempDir Path directory) {
        server = new McpServer(directory, McpServer.tools(McpServer.tool("asks", call -> {
            JsonObject answers = call.inputResponses();
            if (answers.containsKey("who") && !"s2".equals(call.requestState())) {
                return asking("again", "s2");
            }
            return answers.isEmpty()
                    ? asking("who", "s1")
                    : CompletableFuture.completedFuture(Answer.text("answered " + answers));
        })));
    }

    private static CompletableFuture<Answer> asking(String key, String state) {
        return CompletableFuture.completedFuture(new Answer.InputRequired(
                McpServer.json("{\"" + key + "\":{\"method\":\"elicitation/create\",\"params\":{\"message\":\"?\"}}}"),
                state));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private HttpRequest.Builder get(String session) {
        HttpRequest.Builder request =
                server.request().header("Accept", "text/event-stream").GET();
        return session.isEmpty() ? request : request.header("Mcp-Session-Id", session);
    }

    private static BufferedReader lines(HttpResponse<InputStream> response) {
        return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    /** The next message on the stream. */
    private static JsonObject next(BufferedReader lines) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.startsWith("data: ")) {
            line = lines.readLine();
        }
        if (line == null) {
            throw new AssertionError("the stream has ended");
        }
        return McpServer.json(line.substring("data: ".length()));
    }

    @Test
    void modernClientIsAskedByWayOfTheResult() throws Exception {
        HttpResponse<String> asked =
                server.send(server.modern("tools/call", "asks", "\"name\":\"asks\",", "{\"elicitation\":{}}"));
        JsonObject result = McpServer.json(asked.body()).getJsonObject("result");
        assertThat(result.getString("resultType")).isEqualTo("input_required");
        assertThat(result.getString("requestState")).isEqualTo("s1");
        assertThat(result.getJsonObject("inputRequests")).containsKey("who");
        HttpResponse<String> done = server.send(server.modern(
                "tools/call",
                "asks",
                "\"name\":\"asks\",\"requestState\":\"s2\",\"inputResponses\":{\"again\":{\"action\":\"accept\"}},",
                "{\"elicitation\":{}}"));
        assertThat(done.body()).contains("answered");
    }

    @Test
    void modernClientIsNotAskedForWhatItCannot() throws Exception {
        HttpResponse<String> response = server.send(server.call("asks"));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(McpServer.errorCode(response.body())).isEqualTo(-32021);
        assertThat(McpServer.json(response.body())
                        .getJsonObject("error")
                        .getJsonObject("data")
                        .getJsonObject("requiredCapabilities"))
                .containsKey("elicitation");
    }

    @Test
    void legacyClientIsAskedOnTheStreamOfItsRequest() throws Exception {
        String session = server.initialized();
        HttpResponse<InputStream> response = server.open(server.legacy("2025-11-25", session, """
                {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"asks"}}"""));
        BufferedReader lines = lines(response);
        for (int round = 0; round < 2; round++) {
            JsonObject question = next(lines);
            assertThat(question.getString("method")).isEqualTo("elicitation/create");
            HttpResponse<String> taken = server.send(server.legacy(
                    "2025-11-25",
                    session,
                    "{\"jsonrpc\":\"2.0\",\"id\":" + question.get("id") + ",\"result\":{\"action\":\"accept\"}}"));
            assertThat(taken.statusCode()).isEqualTo(202);
        }
        assertThat(next(lines).toString()).contains("answered").contains("accept");
        assertThat(server.transport.asking().open()).isZero();
    }

    @Test
    void questionsOfARequestThatHasEndedAreForgotten() throws Exception {
        String session = server.initialized();
        HttpResponse<InputStream> response = server.open(server.legacy("2025-11-25", session, """
                {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"asks"}}"""));
        next(lines(response));
        assertThat(server.transport.asking().open()).isEqualTo(1);
        server.send(server.legacy("2025-11-25", session, """
                {"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}"""));
        McpServer.await("that nothing is open", () -> server.transport.asking().open() == 0);
        assertThat(server.transport.requests().open()).isZero();
    }

    @Test
    void listenerHearsOfWhatItAskedForOnly() throws Exception {
        HttpResponse<InputStream> response = server.open(server.modern(
                "subscriptions/listen",
                "",
                "\"notifications\":{\"toolsListChanged\":true,\"resourceSubscriptions\":[\"a:b\"]},"));
        BufferedReader lines = lines(response);
        JsonObject first = next(lines);
        assertThat(first.getString("method")).isEqualTo("notifications/subscriptions/acknowledged");
        Subscriptions subscriptions = server.transport.subscriptions();
        subscriptions.resourceUpdated("a:other");
        subscriptions.listsChanged(false, true, true);
        subscriptions.resourceUpdated("a:b");
        JsonObject updated = next(lines);
        assertThat(updated.getString("method")).isEqualTo("notifications/resources/updated");
        assertThat(updated.getJsonObject("params").getString("uri")).isEqualTo("a:b");
        assertThat(updated.getJsonObject("params")
                        .getJsonObject("_meta")
                        .getInt("io.modelcontextprotocol/subscriptionId"))
                .isEqualTo(7);
        subscriptions.listsChanged(true, true, true);
        assertThat(next(lines).getString("method")).isEqualTo("notifications/tools/list_changed");
        subscriptions.closeAll();
        assertThat(next(lines).getJsonObject("result").getString("resultType")).isEqualTo("complete");
    }

    @Test
    void streamOfASessionHearsOfItsResources() throws Exception {
        String session = server.initialized();
        BufferedReader lines = lines(server.open(get(session)));
        server.transport.sessions().of(session).watch("a:b");
        server.transport.subscriptions().resourceUpdated("a:other");
        server.transport.subscriptions().resourceUpdated("a:b");
        assertThat(next(lines).getJsonObject("params").getString("uri")).isEqualTo("a:b");
    }

    @Test
    void streamsBeyondTheLimitAreRefusedUntilOneIsFree() throws Exception {
        List<HttpResponse<InputStream>> open = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            open.add(server.open(get("")));
        }
        HttpResponse<String> refused = server.send(get(""));
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        open.get(0).body().close();
        McpServer.await("a free place", () -> {
            server.transport.subscriptions().tick(System.nanoTime() + 16_000_000_000L);
            return server.transport.subscriptions().open() == 2;
        });
        assertThat(server.open(get("")).statusCode()).isEqualTo(200);
    }

    @Test
    void laterStreamOfASessionTakesThePlaceOfTheEarlier() throws Exception {
        String session = server.initialized();
        BufferedReader earlier = lines(server.open(get(session)));
        server.open(get(session));
        String line = earlier.readLine();
        while (line != null) {
            line = earlier.readLine();
        }
        assertThat(server.transport.subscriptions().open()).isEqualTo(1);
    }

    @Test
    void modernRevisionHasNoStreamOfItsOwn() throws Exception {
        assertThat(server.send(get("").header("MCP-Protocol-Version", "2026-07-28"))
                        .statusCode())
                .isEqualTo(405);
    }
}
