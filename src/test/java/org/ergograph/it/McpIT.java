package org.ergograph.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The MCP endpoint in both eras, with the fixtures' tools. */
class McpIT extends DeployedWar {
    // HTTP/1.1: what the JDK's client asks to be upgraded, Payara may leave without an answer where it comes later.
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final int IDLE = 1000;

    private HttpRequest.Builder post(String body) {
        return server.request("/mcp")
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private HttpRequest.Builder modern(String method, String name, String params) {
        HttpRequest.Builder request = post("""
                {"jsonrpc":"2.0","id":7,"method":"%s","params":{%s"_meta":{"progressToken":"p",
                "io.modelcontextprotocol/protocolVersion":"2026-07-28",
                "io.modelcontextprotocol/clientCapabilities":{}}}}""".formatted(method, params))
                .header("MCP-Protocol-Version", "2026-07-28")
                .header("Mcp-Method", method);
        return name.isEmpty() ? request : request.header("Mcp-Name", name);
    }

    private HttpRequest.Builder call(String tool) {
        return modern("tools/call", tool, "\"name\":\"" + tool + "\",");
    }

    private String session() throws Exception {
        return server.send(post("""
                        {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25",
                        "capabilities":{},"clientInfo":{"name":"it","version":"1"}}}""")).headers().firstValue("Mcp-Session-Id").orElseThrow();
    }

    private HttpRequest.Builder legacy(String session, String body) {
        return post(body).header("MCP-Protocol-Version", "2025-11-25").header("Mcp-Session-Id", session);
    }

    private JsonArray rows(String filter, int count) throws Exception {
        return Await.until(
                "rows of " + filter,
                () -> Json.object(
                                server.get("/api/v1/audit?limit=100&" + filter).body())
                        .getJsonArray("items"),
                items -> items.size() >= count);
    }

    private double requests(String method, String status) throws Exception {
        return Scrape.parse(server.get("/metrics").body())
                .sum("mcp_requests_total", "method", method, "status", status, "transport", "streamable-http");
    }

    @Test
    void modernClientFindsAndCallsTools() throws Exception {
        JsonObject discovered =
                Json.object(server.send(modern("server/discover", "", "")).body());
        assertThat(discovered.getJsonObject("result").getJsonArray("supportedVersions"))
                .hasSize(4);
        assertThat(server.send(modern("tools/list", "", "")).body()).contains("\"name\":\"test_simple_text\"");
        HttpResponse<String> called = server.send(call("test_simple_text"));
        assertThat(called.statusCode()).isEqualTo(200);
        assertThat(called.body()).contains("This is a simple text response for testing.");
    }

    @Test
    void legacyClientFindsAndCallsTools() throws Exception {
        String session = session();
        assertThat(server.send(legacy(session, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}"))
                        .statusCode())
                .isEqualTo(202);
        assertThat(server.send(legacy(session, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}"))
                        .body())
                .contains("\"name\":\"test_simple_text\"");
        assertThat(server.send(legacy(session, """
                        {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"test_simple_text"}}""")).body()).contains("This is a simple text response for testing.");
    }

    @Test
    void callIsARequestAMessageAndATool() throws Exception {
        String trace = UUID.randomUUID().toString().replace("-", "");
        double before = requests("tools/call", "success");
        server.send(call("test_simple_text").header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01"));
        JsonArray rows = rows("traceId=" + trace, 3);
        assertThat(rows).hasSize(3);
        List<String> names = new ArrayList<>();
        rows.forEach(row -> names.add(
                row.asJsonObject().getString("kind") + " " + row.asJsonObject().getString("name")));
        assertThat(names).containsExactlyInAnyOrder("http POST /mcp", "mcp tools/call", "tool test_simple_text");
        Await.until("the counter", () -> requests("tools/call", "success"), count -> count >= before + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"test_failure", "test_later_failure"})
    void failureTellsNothingAndIsCounted(String tool) throws Exception {
        double before = requests("tools/call", "error");
        HttpResponse<String> response = server.send(call(tool));
        assertThat(response.body()).contains("-32603").doesNotContain("secret").doesNotContain("Exception");
        assertThat(response.headers().map().toString()).doesNotContain("secret");
        Await.until("the counter", () -> requests("tools/call", "error"), count -> count >= before + 1);
    }

    @Test
    void progressArrivesWhileTheToolWorks() throws Exception {
        HttpResponse<InputStream> response =
                CLIENT.send(call("test_tool_with_progress").build(), BodyHandlers.ofInputStream());
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        List<String> events = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))
                .lines()
                .filter(line -> line.startsWith("data: "))
                .toList();
        assertThat(events).hasSize(4);
        assertThat(events.get(0)).contains("notifications/progress").contains("\"progress\":0");
        assertThat(events.get(3)).contains("\"result\"");
    }

    @Test
    void cancellationEndsTheCall() throws Exception {
        String session = session();
        var response = CLIENT.sendAsync(legacy(session, """
                {"jsonrpc":"2.0","id":"slow","method":"tools/call","params":{"name":"test_slow"}}""").build(), BodyHandlers.ofString());
        Await.until(
                "that it is answered",
                () -> {
                    server.send(legacy(session, """
                            {"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"slow"}}"""));
                    return response.isDone();
                },
                done -> done);
        assertThat(response.get().body()).contains("cancelled");
    }

    @Test
    void callOfAClientThatIsGoneIsCancelled() throws Exception {
        String trace = UUID.randomUUID().toString().replace("-", "");
        HttpResponse<InputStream> response = CLIENT.send(
                call("test_slow")
                        .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                        .build(),
                BodyHandlers.ofInputStream());
        response.body().close();
        JsonArray rows = rows("kind=tool&traceId=" + trace, 1);
        assertThat(rows.getJsonObject(0).getString("errorType")).isEqualTo("cancelled");
    }

    @Test
    void changeOfTheListsReachesWhoListens() throws Exception {
        HttpResponse<InputStream> response = CLIENT.send(
                modern("subscriptions/listen", "", "\"notifications\":{\"toolsListChanged\":true},")
                        .build(),
                BodyHandlers.ofInputStream());
        BufferedReader lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
        assertThat(lines.readLine()).contains("notifications/subscriptions/acknowledged");
        server.send(call("test_trigger_tool_change"));
        String line = lines.readLine();
        while (!line.startsWith("data: ")) {
            line = lines.readLine();
        }
        assertThat(line).contains("notifications/tools/list_changed");
        response.body().close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "7", "{\"jsonrpc\":\"2.0\",\"id\":[],\"method\":\"ping\"}"})
    void hostileBodyIsAClearError(String body) throws Exception {
        HttpResponse<String> response = server.send(post(body));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(Json.object(response.body()).getJsonObject("error").getInt("code"))
                .isIn(-32700, -32600);
    }

    @Test
    void bodyOfAHundredMegabytesIsRefusedUnread() throws Exception {
        try (Socket socket = new Socket(server.base().getHost(), server.base().getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST " + server.uri("/mcp").getPath() + " HTTP/1.1\r\nHost: localhost\r\n"
                            + "Content-Type: application/json\r\nAccept: */*\r\nContent-Length: 104857600\r\n\r\n{")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            assertThat(in.readLine()).contains(" 413");
        }
    }

    @Test
    void idleStreamsCostNoThreads() throws Exception {
        double before = threads();
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < IDLE; i++) {
                Socket socket =
                        new Socket(server.base().getHost(), server.base().getPort());
                idle.add(socket);
                socket.getOutputStream()
                        .write(("GET " + server.uri("/mcp").getPath()
                                        + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
            }
            Await.until("the open streams", this::connections, open -> open >= IDLE);
            assertThat(server.send(call("test_simple_text")).statusCode()).isEqualTo(200);
            assertThat(threads() - before).isLessThan(IDLE * 0.3);
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
        Await.until("the closed streams", this::connections, open -> open < IDLE / 10);
    }

    private double connections() throws Exception {
        return Scrape.parse(server.get("/metrics").body())
                .sum("mcp_active_connections", "transport", "streamable-http");
    }

    private double threads() throws Exception {
        Scrape scrape = Scrape.parse(server.get("/metrics").body());
        // Payara writes each of its own samples twice.
        return scrape.of("thread_count").get(0).value();
    }
}
