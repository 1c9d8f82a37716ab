package org.ergograph.gateway;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A program that is an MCP server: answers lines on its input. */
final class LineServer {
    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    private final String era;
    private int cancelled;
    private @Nullable JsonValue asker;

    private LineServer(String era) {
        this.era = era;
    }

    /** @param arguments the era: modern, legacy, or fragile: legacy, and ends when asked what it does not know */
    public static void main(String[] arguments) throws IOException {
        new LineServer(arguments[0]).run();
    }

    private void run() throws IOException {
        System.err.println("started");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            answer(Json.createReader(new StringReader(line)).readObject());
        }
    }

    private void answer(JsonObject message) {
        JsonValue id = message.getOrDefault("id", JsonValue.NULL);
        switch (message.getString("method", "")) {
            case "server/discover" -> discover(id);
            case "initialize" ->
                result(
                        id,
                        Json.createObjectBuilder()
                                .add("protocolVersion", "2025-06-18")
                                .add("capabilities", Json.createObjectBuilder()));
            case "notifications/cancelled" -> cancelled++;
            case "notifications/initialized" -> {}
            case "tools/call" -> call(id, message.getJsonObject("params"));
            default -> {
                JsonValue waiting = asker;
                if (waiting != null) {
                    asker = null;
                    text(waiting, message.toString());
                }
            }
        }
    }

    private void discover(JsonValue id) {
        if (era.equals("fragile")) {
            System.exit(1);
        }
        if (era.equals("modern")) {
            JsonArrayBuilder versions = Json.createArrayBuilder().add("2026-07-28");
            result(
                    id,
                    Json.createObjectBuilder()
                            .add("supportedVersions", versions)
                            .add("capabilities", Json.createObjectBuilder()));
        } else {
            out.println("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"error\":{\"code\":-32601,\"message\":\"what?\"}}");
        }
    }

    private void call(JsonValue id, JsonObject params) {
        JsonObject arguments =
                params.containsKey("arguments") ? params.getJsonObject("arguments") : JsonValue.EMPTY_JSON_OBJECT;
        switch (params.getString("name")) {
            case "echo" -> text(id, arguments.getString("text"));
            case "environment" -> text(id, String.join(",", System.getenv().keySet()));
            case "pid" -> text(id, Long.toString(ProcessHandle.current().pid()));
            case "big" -> text(id, "x".repeat(arguments.getInt("bytes")));
            case "cancelled" -> text(id, Integer.toString(cancelled));
            case "garbage" -> {
                out.println("starting up...\n\n{\"jsonrpc\":\"2.0\",\"id\":[]}\n{{{");
                text(id, arguments.getString("text"));
            }
            case "progress" -> {
                JsonValue token = params.getJsonObject("_meta").get("progressToken");
                for (int i = 1; i <= 2; i++) {
                    out.println(
                            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":"
                                    + token + ",\"progress\":" + i + "}}");
                }
                text(id, "done");
            }
            case "ask" -> {
                asker = id;
                out.println("{\"jsonrpc\":\"2.0\",\"id\":\"q\",\"method\":\"" + arguments.getString("text") + "\"}");
            }
            case "change" -> {
                out.println("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}");
                text(id, "done");
            }
            case "exit" -> System.exit(3);
            default -> {} // silent
        }
    }

    private void text(JsonValue id, String text) {
        result(
                id,
                Json.createObjectBuilder()
                        .add(
                                "content",
                                Json.createArrayBuilder()
                                        .add(Json.createObjectBuilder()
                                                .add("type", "text")
                                                .add("text", text))));
    }

    private void result(JsonValue id, JsonObjectBuilder result) {
        out.println(Json.createObjectBuilder()
                .add("jsonrpc", "2.0")
                .add("id", id)
                .add("result", result)
                .build());
    }
}
