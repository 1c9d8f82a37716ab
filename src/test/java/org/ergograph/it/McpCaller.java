package org.ergograph.it;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A client of {@code /mcp} that is made of HTTP requests alone, so that it can do what a library would not. It needs no
 * handshake: every request stands by itself. Thread-safe.
 *
 * @param endpoint where the server answers
 * @param revision of the protocol that it speaks
 */
public record McpCaller(URI endpoint, String revision) {
    /** The revision in which every request stands by itself. */
    public static final String MODERN = "2026-07-28";
    /** The newest revision with a handshake. */
    public static final String LEGACY = "2025-11-25";

    /** One connection a request that is under way, kept for the next. */
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private static final AtomicLong IDS = new AtomicLong();

    static McpCaller of(Server server, String revision) {
        return new McpCaller(server.uri("/mcp"), revision);
    }

    /** A message as the revision has it. */
    public String message(String method, JsonObject params) {
        JsonObjectBuilder full = Json.createObjectBuilder(params);
        if (revision.equals(MODERN)) {
            full.add(
                    "_meta",
                    Json.createObjectBuilder()
                            .add("io.modelcontextprotocol/protocolVersion", revision)
                            .add("io.modelcontextprotocol/clientCapabilities", Json.createObjectBuilder()));
        }
        return Json.createObjectBuilder()
                .add("jsonrpc", "2.0")
                .add("id", IDS.incrementAndGet())
                .add("method", method)
                .add("params", full)
                .build()
                .toString();
    }

    /** The headers that go with such a message; its body is the caller's to set. */
    public HttpRequest.Builder request(String method, String name) {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint)
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("MCP-Protocol-Version", revision);
        if (revision.equals(MODERN)) {
            request.header("Mcp-Method", method);
            if (!name.isEmpty()) {
                request.header("Mcp-Name", name);
            }
        }
        return request;
    }

    /** The answer to a body of any kind, which says that it calls a tool. */
    public HttpResponse<String> post(byte[] body, String method, String name) throws Exception {
        return CLIENT.send(
                request(method, name).POST(BodyPublishers.ofByteArray(body)).build(), BodyHandlers.ofString());
    }

    /** The whole message that answers a call of a tool. */
    public CompletableFuture<JsonObject> call(String tool, JsonObject arguments) {
        String body = message(
                "tools/call",
                Json.createObjectBuilder()
                        .add("name", tool)
                        .add("arguments", arguments)
                        .build());
        return CLIENT.sendAsync(
                        request("tools/call", tool)
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString())
                .thenApply(McpCaller::answer);
    }

    /** The names of all tools. */
    public Set<String> tools() throws Exception {
        Set<String> names = new HashSet<>();
        String cursor = "";
        do {
            JsonObjectBuilder params = Json.createObjectBuilder();
            if (!cursor.isEmpty()) {
                params.add("cursor", cursor);
            }
            String body = message("tools/list", params.build());
            JsonObject result = answer(CLIENT.send(
                            request("tools/list", "")
                                    .POST(BodyPublishers.ofString(body))
                                    .build(),
                            BodyHandlers.ofString()))
                    .getJsonObject("result");
            result.getJsonArray("tools")
                    .getValuesAs(JsonObject.class)
                    .forEach(tool -> names.add(tool.getString("name")));
            cursor = result.get("nextCursor") instanceof JsonString next ? next.getString() : "";
        } while (!cursor.isEmpty());
        return names;
    }

    /** The message that answers, be it the body or the last event of a stream. */
    static JsonObject answer(HttpResponse<String> response) {
        String body = response.body();
        if (response.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream")) {
            body = body.lines()
                    .filter(line -> line.startsWith("data:") && line.contains("\"jsonrpc\""))
                    .map(line -> line.substring(5))
                    .reduce((first, second) -> second)
                    .orElseThrow(() -> new AssertionError("a stream without an answer: " + response.body()));
        }
        return org.ergograph.it.Json.object(body);
    }

    /** The text of a tool's result. */
    static String text(JsonObject answer) {
        return answer.getJsonObject("result")
                .getJsonArray("content")
                .getJsonObject(0)
                .getString("text");
    }
}
