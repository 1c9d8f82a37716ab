package org.ergograph.gateway;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.ergograph.observation.NodeIdentity;
import org.ergograph.outbound.CredentialSettings;
import org.ergograph.outbound.Credentials;
import org.ergograph.outbound.Deadlines;
import org.ergograph.outbound.ExchangeSettings;
import org.ergograph.outbound.OutboundExchanges;
import org.ergograph.outbound.OutboundPolicy;
import org.ergograph.outbound.OutboundSettings;
import org.ergograph.registry.RegisteredServer;
import org.ergograph.registry.Transport;
import org.ergograph.web.JsonText;
import org.jspecify.annotations.Nullable;

/** Conversations as the application holds them, on threads of the test. */
final class Conversations implements AutoCloseable {
    static final Duration LONG = Duration.ofSeconds(30);
    static final Duration SHORT = Duration.ofMillis(400);
    static final NodeIdentity NODE = new NodeIdentity("node", "1.2.3", 0);

    final ThreadPoolExecutor executor = (ThreadPoolExecutor) Executors.newCachedThreadPool();
    final Heard heard = new Heard();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final OutboundExchanges exchanges = OutboundExchanges.of(
            new OutboundSettings(OutboundPolicy.of(List.of("loopback")), Duration.ofSeconds(5), 1),
            new ExchangeSettings(300, 300),
            executor,
            scheduler);
    private final ServerConnector connector;
    private final List<Upstream> opened = new CopyOnWriteArrayList<>();

    Conversations() {
        this(null, List.of());
    }

    Conversations(Path credentials) {
        this(credentials, List.of());
    }

    Conversations(List<StdioServer> stdio) {
        this(null, stdio);
    }

    private Conversations(@Nullable Path credentials, List<StdioServer> stdio) {
        connector = new ServerConnector(
                exchanges,
                new Credentials(new CredentialSettings(credentials, reference -> Optional.empty())),
                NODE,
                executor,
                new Deadlines(scheduler),
                stdio);
    }

    /** A server that is a process, as the gateway knows it. */
    static RegisteredServer stdio(String name, Duration timeout) {
        return new RegisteredServer("1", name, "", Transport.STDIO, List.of(), null, timeout, 1);
    }

    static RegisteredServer server(String url, @Nullable String credentialRef, Duration timeout) {
        return new RegisteredServer(
                "1", "server", url, Transport.STREAMABLE_HTTP, List.of(), credentialRef, timeout, 1);
    }

    Upstream open(String url) {
        return open(server(url, null, LONG));
    }

    Upstream open(RegisteredServer server) {
        Upstream upstream = get(connector.open(server, heard));
        opened.add(upstream);
        return upstream;
    }

    /** Why no conversation could be opened. */
    UpstreamException refusal(RegisteredServer server) {
        return failure(connector.open(server, heard));
    }

    static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    static UpstreamException failure(CompletionStage<?> stage) {
        try {
            Object result = stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
            throw new AssertionError("succeeded: " + result);
        } catch (ExecutionException e) {
            return (UpstreamException) Objects.requireNonNull(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    static UpstreamRequest request(String method, JsonObject params, Duration timeout) {
        return request(method, params, timeout, null);
    }

    static UpstreamRequest request(
            String method, JsonObject params, Duration timeout, @Nullable Consumer<JsonObject> progress) {
        return new UpstreamRequest(method, params, timeout, 100_000, "", progress);
    }

    static UpstreamRequest call(String tool, String argument, JsonValue value) {
        return call(tool, argument, value, LONG);
    }

    static UpstreamRequest call(String tool, String argument, JsonValue value, Duration timeout) {
        return request(
                "tools/call",
                JsonText.object()
                        .add("name", tool)
                        .add("arguments", JsonText.object().add(argument, value))
                        .build(),
                timeout);
    }

    static UpstreamRequest call(String tool) {
        return request("tools/call", JsonText.object().add("name", tool).build(), LONG);
    }

    static JsonObject text(String text) {
        return JsonText.object()
                .add(
                        "content",
                        JsonText.array()
                                .add(JsonText.object().add("type", "text").add("text", text)))
                .build();
    }

    static String textOf(JsonObject result) {
        return result.getJsonArray("content").getJsonObject(0).getString("text");
    }

    @Override
    public void close() {
        opened.forEach(Upstream::close);
        connector.close();
        exchanges.close();
        scheduler.shutdownNow();
        executor.shutdownNow();
    }

    /** What a server said of itself. */
    static final class Heard implements UpstreamListener {
        final LinkedBlockingQueue<String> words = new LinkedBlockingQueue<>();

        String next() throws InterruptedException {
            String word = words.poll(30, TimeUnit.SECONDS);
            return word == null ? "(nothing)" : word;
        }

        @Override
        public void listsChanged() {
            words.add("listsChanged");
        }

        @Override
        public void resourceUpdated(String uri) {
            words.add("resourceUpdated " + uri);
        }

        @Override
        public void refused(String method) {
            words.add("refused " + method);
        }

        @Override
        public void lost(String reason) {
            words.add("lost " + reason);
        }
    }
}
