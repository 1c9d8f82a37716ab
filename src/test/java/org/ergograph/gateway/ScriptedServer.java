package org.ergograph.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.ergograph.web.JsonText;
import org.jspecify.annotations.Nullable;

/** An MCP server that does what a test tells it, on the loopback address. Thread-safe. */
final class ScriptedServer implements AutoCloseable {
    /** Answers one request. */
    interface Script {
        void answer(Request request) throws Exception;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    /** Ends every script that hangs. */
    final CountDownLatch end = new CountDownLatch(1);

    private volatile Script script;

    ScriptedServer(Script script) throws IOException {
        this.script = script;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 300);
        server.createContext("/mcp", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    void script(Script other) {
        script = other;
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort() + "/mcp";
    }

    /** All that have come so far. */
    List<Request> requests() {
        return requests;
    }

    /** Those of this method of JSON-RPC. */
    List<Request> requests(String method) {
        return requests.stream()
                .filter(request -> request.message().getString("method", "").equals(method))
                .toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        JsonObject message = JsonValue.EMPTY_JSON_OBJECT;
        if (body.length > 0) {
            try (JsonReader reader = Json.createReader(new ByteArrayInputStream(body))) {
                message = reader.readObject();
            }
        }
        Request request = new Request(exchange, message, end);
        requests.add(request);
        try (exchange) {
            script.answer(request);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            request.gone.countDown();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    /** A request that has come, and the ways to answer it. */
    record Request(HttpExchange exchange, JsonObject message, CountDownLatch end, CountDownLatch gone) {
        Request(HttpExchange exchange, JsonObject message, CountDownLatch end) {
            this(exchange, message, end, new CountDownLatch(1));
        }

        String method() {
            return message.getString("method", "");
        }

        String verb() {
            return exchange.getRequestMethod();
        }

        @Nullable
        String header(String name) {
            return exchange.getRequestHeaders().getFirst(name);
        }

        JsonObject params() {
            return Messages.object(message, "params");
        }

        JsonObject resultOf(JsonObject result) {
            return Messages.result(message.getOrDefault("id", JsonValue.NULL), result);
        }

        void status(int status) throws IOException {
            exchange.sendResponseHeaders(status, -1);
        }

        void result(JsonObject result) throws IOException {
            json(200, resultOf(result).toString());
        }

        void error(int status, int code, String text) throws IOException {
            JsonValue id = message.getOrDefault("id", JsonValue.NULL);
            json(status, Messages.error(id, code, text).toString());
        }

        void json(int status, String body) throws IOException {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }

        void openStream() throws IOException {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().flush();
        }

        void event(JsonObject message) throws IOException {
            raw("event: message\ndata: " + message + "\n\n");
        }

        void raw(String text) throws IOException {
            OutputStream out = exchange.getResponseBody();
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        /** Writes comments until the client has gone; then {@link #gone} is open. */
        void hangUntilGone() throws Exception {
            while (!end.await(10, TimeUnit.MILLISECONDS)) {
                raw(":\n");
            }
        }
    }

    /** What a test answers to the questions that begin a conversation in revision 2026-07-28; false for any other. */
    static boolean modern(Request request, JsonObject capabilities) throws IOException {
        if (!request.method().equals("server/discover")) {
            return false;
        }
        request.result(JsonText.object()
                .add("resultType", "complete")
                .add("supportedVersions", JsonText.array().add("2026-07-28"))
                .add("capabilities", capabilities)
                .add("ttlMs", 0)
                .add("cacheScope", "private")
                .build());
        return true;
    }

    /** The same of the revisions before it. */
    static boolean legacy(Request request, @Nullable String session, JsonObject capabilities) throws IOException {
        switch (request.method()) {
            case "server/discover" -> request.error(400, -32600, "Bad Request: no session");
            case "initialize" -> {
                if (session != null) {
                    request.exchange().getResponseHeaders().set("Mcp-Session-Id", session);
                }
                request.result(JsonText.object()
                        .add("protocolVersion", "2025-06-18")
                        .add("capabilities", capabilities)
                        .add(
                                "serverInfo",
                                JsonText.object().add("name", "scripted").add("version", "1"))
                        .build());
            }
            case "notifications/initialized" -> request.status(202);
            default -> {
                return false;
            }
        }
        return true;
    }
}
