package org.ergograph.mcp;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.ergograph.observation.NodeIdentity;
import org.ergograph.observation.NotingRecorder;
import org.ergograph.security.SecuritySettings;
import org.ergograph.tool.Answer;
import org.ergograph.tool.Call;
import org.ergograph.tool.Catalogue;
import org.ergograph.tool.Hints;
import org.ergograph.tool.Source;
import org.ergograph.tool.Tool;
import org.ergograph.tool.ToolDefinition;

/** The endpoint with tools of the test, on a servlet container of its own. */
final class McpServer implements AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    final NotingRecorder recorder = new NotingRecorder();
    final Catalogue catalogue;
    final Transport transport;
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final Tomcat tomcat = new Tomcat();

    McpServer(Path directory, Source.Offer... offers) {
        this.catalogue = new Catalogue(() -> offers[0], List.of(), recorder);
        NodeIdentity node = new NodeIdentity("test", "1.2.3", 0);
        McpSettings settings = new McpSettings(
                64 * 1024, Duration.ofMinutes(5), 50, 3, Duration.ofSeconds(15), List.of("https://good.example"));
        this.transport = new Transport(settings, catalogue, recorder, node, executor);
        try {
            tomcat.setBaseDir(Files.createDirectories(directory).toString());
            tomcat.setHostname("127.0.0.1");
            tomcat.setPort(0);
            tomcat.getConnector().setProperty("address", "127.0.0.1");
            Context context = tomcat.addContext("", directory.toString());
            Tomcat.addServlet(context, "mcp", new McpServlet(transport, new SecuritySettings(false), node))
                    .setAsyncSupported(true);
            context.addServletMappingDecoded("/mcp", "mcp");
            tomcat.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    static Source.Offer tools(Tool... tools) {
        return new Source.Offer(List.of(tools), List.of(), List.of(), List.of());
    }

    static Tool tool(String name, Function<Call, CompletionStage<Answer>> work) {
        return tool(name, "{\"type\":\"object\"}", work);
    }

    static Tool tool(String name, String schema, Function<Call, CompletionStage<Answer>> work) {
        ToolDefinition definition = ToolDefinition.of(name, "test", name, "For tests.", schema, null, Hints.READ_ONLY);
        return new Tool() {
            @Override
            public ToolDefinition definition() {
                return definition;
            }

            @Override
            public CompletionStage<Answer> call(Call call) {
                return work.apply(call);
            }
        };
    }

    HttpRequest.Builder request() {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/mcp"))
                .timeout(Duration.ofSeconds(20));
    }

    /** A POST as clients make it, of no revision in particular. */
    HttpRequest.Builder post(String body) {
        return request()
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    /** A POST of a modern client. */
    HttpRequest.Builder modern(String method, String name, String params) {
        return modern(method, name, params, "{}");
    }

    HttpRequest.Builder modern(String method, String name, String params, String capabilities) {
        HttpRequest.Builder request = post("""
                {"jsonrpc":"2.0","id":7,"method":"%s","params":{%s"_meta":{"progressToken":"p",
                "io.modelcontextprotocol/protocolVersion":"2026-07-28",
                "io.modelcontextprotocol/clientCapabilities":%s}}}""".formatted(method, params, capabilities))
                .header("MCP-Protocol-Version", "2026-07-28")
                .header("Mcp-Method", method);
        return name.isEmpty() ? request : request.header("Mcp-Name", name);
    }

    HttpRequest.Builder call(String tool) {
        return modern("tools/call", tool, "\"name\":\"" + tool + "\",");
    }

    /** A POST of a legacy client. */
    HttpRequest.Builder legacy(String version, String session, String body) {
        HttpRequest.Builder request = post(body).header("MCP-Protocol-Version", version);
        return session.isEmpty() ? request : request.header("Mcp-Session-Id", session);
    }

    /** Begins a session of a client that can be asked for anything. */
    String initialized() throws Exception {
        HttpResponse<String> response = send(post("""
                {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25",
                "capabilities":{"elicitation":{},"sampling":{},"roots":{}},"clientInfo":{"name":"t","version":"1"}}}"""));
        return response.headers().firstValue("Mcp-Session-Id").orElseThrow();
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<InputStream> open(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), BodyHandlers.ofInputStream());
    }

    static JsonObject json(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    static int errorCode(String text) {
        return json(text).getJsonObject("error").getInt("code");
    }

    /** Waits for what another thread does. */
    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within 20 s: " + what);
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() throws LifecycleException {
        transport.stop();
        tomcat.stop();
        tomcat.destroy();
        executor.shutdownNow();
    }
}
