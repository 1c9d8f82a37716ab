package org.ergograph.it;

import io.modelcontextprotocol.server.McpAsyncServer;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.io.File;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.AbstractProtocol;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A server that is not ours, on a servlet container that is neither of ours: the official Java SDK's, which speaks the
 * revisions up to 2025-11-25, on embedded Tomcat at {@code /mcp} on the loopback address. Thread-safe.
 */
public final class SdkUpstream implements AutoCloseable {
    /** The SDK's servlet keeps a thread while a call is open. */
    private static final int THREADS = 300;

    private static final McpSchema.ToolAnnotations SAFE =
            new McpSchema.ToolAnnotations(null, true, false, true, false, null);

    private final Tomcat tomcat;
    private final McpAsyncServer server;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger mostWaiting = new AtomicInteger();

    private SdkUpstream(int port) throws Exception {
        HttpServletStreamableServerTransportProvider transport = HttpServletStreamableServerTransportProvider.builder()
                .mcpEndpoint("/mcp")
                .build();
        server = McpServer.async(transport)
                .serverInfo("sdk", "1.0.0")
                .capabilities(McpSchema.ServerCapabilities.builder().tools(true).build())
                .toolCall(
                        tool("add", "Adds two numbers", Map.of("a", "number", "b", "number"), true),
                        (exchange, call) -> text(plain(number(call, "a") + number(call, "b"))))
                .toolCall(
                        tool("echo", "Answers what it is told", Map.of("text", "string"), true),
                        (exchange, call) -> text(String.valueOf(call.arguments().get("text"))))
                .toolCall(
                        tool("slow", "Answers after so many seconds", Map.of("seconds", "number"), false),
                        (exchange, call) -> slow(number(call, "seconds")))
                .toolCall(
                        tool("fail", "Fails", Map.of("message", "string"), false),
                        (exchange, call) -> Mono.just(CallToolResult.builder()
                                .addTextContent(String.valueOf(call.arguments().get("message")))
                                .isError(true)
                                .build()))
                .toolCall(
                        tool("big", "Answers a text of so many bytes", Map.of("bytes", "integer"), true),
                        (exchange, call) -> text("x".repeat((int) number(call, "bytes"))))
                .toolCall(
                        tool("progress", "Tells its progress in so many steps", Map.of("steps", "integer"), false),
                        (exchange, call) -> progress(exchange, call, (int) number(call, "steps")))
                .build();
        tomcat = new Tomcat();
        File base = Files.createTempDirectory("sdk-upstream").toFile();
        base.deleteOnExit();
        tomcat.setBaseDir(base.getPath());
        tomcat.setPort(port);
        tomcat.setHostname("127.0.0.1");
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        ((AbstractProtocol<?>) tomcat.getConnector().getProtocolHandler()).setMaxThreads(THREADS);
        Context context = tomcat.addContext("", base.getPath());
        Wrapper wrapper = Tomcat.addServlet(context, "mcp", transport);
        wrapper.setAsyncSupported(true);
        context.addServletMappingDecoded("/mcp", "mcp");
        tomcat.start();
    }

    /** Starts one in this process; port 0 is any free one. */
    public static SdkUpstream start(int port) throws Exception {
        return new SdkUpstream(port);
    }

    /** Starts one on the port that the argument names, until the process ends. */
    public static void main(String[] arguments) throws Exception {
        SdkUpstream upstream = start(Integer.parseInt(arguments[0]));
        System.out.println("sdk listens on " + upstream.port());
        upstream.tomcat.getServer().await();
    }

    public int port() {
        return tomcat.getConnector().getLocalPort();
    }

    /** Where clients find it. */
    public String url() {
        return "http://127.0.0.1:" + port() + "/mcp";
    }

    /** How many calls of {@code slow} were waiting at once, at most. */
    public int mostWaiting() {
        return mostWaiting.get();
    }

    /** Forgets how many were waiting before. */
    public void forgetWaiting() {
        mostWaiting.set(0);
    }

    @Override
    public void close() throws LifecycleException {
        server.close();
        tomcat.stop();
        tomcat.destroy();
    }

    private static McpSchema.Tool tool(String name, String description, Map<String, String> properties, boolean safe) {
        Map<String, Object> types = new TreeMap<>();
        properties.forEach((property, type) -> types.put(property, Map.of("type", type)));
        McpSchema.Tool.Builder tool = McpSchema.Tool.builder(
                        name,
                        Map.of("type", "object", "properties", types, "required", List.copyOf(properties.keySet())))
                .description(description);
        return (safe ? tool.annotations(SAFE) : tool).build();
    }

    private Mono<CallToolResult> slow(double seconds) {
        return Mono.defer(() -> {
            mostWaiting.accumulateAndGet(waiting.incrementAndGet(), Math::max);
            return Mono.delay(Duration.ofNanos((long) (seconds * 1e9)))
                    .then(text("waited " + plain(seconds) + " s"))
                    .doFinally(signal -> waiting.decrementAndGet());
        });
    }

    private static Mono<CallToolResult> progress(McpAsyncServerExchange exchange, CallToolRequest call, int steps) {
        Object token = call.meta() == null ? null : call.meta().get("progressToken");
        return Flux.range(1, steps)
                .delayElements(Duration.ofMillis(20))
                .concatMap(step -> token == null
                        ? Mono.empty()
                        : exchange.progressNotification(McpSchema.ProgressNotification.builder(token, step)
                                .total((double) steps)
                                .build()))
                .then(text("took " + steps + " steps"));
    }

    private static Mono<CallToolResult> text(String text) {
        return Mono.just(CallToolResult.builder().addTextContent(text).build());
    }

    private static double number(CallToolRequest call, String name) {
        Map<String, Object> arguments = call.arguments();
        if (!(arguments.get(name) instanceof Number number)) {
            throw new IllegalArgumentException(name + " must be a number");
        }
        return number.doubleValue();
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
