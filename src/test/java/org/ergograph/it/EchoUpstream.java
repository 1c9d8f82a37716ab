package org.ergograph.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** An upstream server of revision 2026-07-28 with the tool {@code echo}, which keeps what each call says of its trace. Thread-safe. */
final class EchoUpstream implements AutoCloseable {
    /** The {@code traceparent} of a call, in its message and in its headers; null where there is none. */
    record Traced(@Nullable String message, @Nullable String header) {}

    private static final String DISCOVERED = """
            {"supportedVersions":["2026-07-28"],"capabilities":{"tools":{}},"serverInfo":{"name":"echo","version":"1"},
            "resultType":"complete","ttlMs":60000,"cacheScope":"public"}""";
    private static final String TOOLS = """
            {"tools":[{"name":"echo","description":"Answers.","inputSchema":{"type":"object"}}],
            "resultType":"complete","ttlMs":60000,"cacheScope":"public"}""";
    private static final String CALLED = """
            {"content":[{"type":"text","text":"echo"}],"resultType":"complete"}""";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final Queue<Traced> calls = new ConcurrentLinkedQueue<>();

    EchoUpstream() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/mcp", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (!exchange.getRequestMethod().equals("POST")) {
            exchange.sendResponseHeaders(405, -1);
            exchange.close();
            return;
        }
        JsonObject message = Json.object(body);
        String method = message.getString("method");
        String member = switch (method) {
            case "server/discover" -> "\"result\":" + DISCOVERED;
            case "tools/list" -> "\"result\":" + TOOLS;
            case "tools/call" -> "\"result\":" + CALLED;
            default -> "\"error\":{\"code\":-32601,\"message\":\"no such method\"}";
        };
        if (method.equals("tools/call")) {
            JsonObject meta = message.getJsonObject("params").getJsonObject("_meta");
            calls.add(new Traced(
                    meta.getString("traceparent", null),
                    exchange.getRequestHeaders().getFirst("traceparent")));
        }
        byte[] bytes = "{\"jsonrpc\":\"2.0\",\"id\":%s,%s}"
                .formatted(message.get("id"), member)
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/mcp";
    }

    /** The calls that came until now. */
    List<Traced> calls() {
        return List.copyOf(calls);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
