package org.ergograph.gateway;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.ergograph.observation.NodeIdentity;
import org.ergograph.outbound.Credentials;
import org.ergograph.outbound.Deadlines;
import org.ergograph.outbound.OutboundExchanges;
import org.ergograph.outbound.ServerThreads;
import org.ergograph.registry.RegisteredServer;
import org.ergograph.registry.Transport;
import org.jspecify.annotations.Nullable;

/** Opens conversations: asks as the newest revision has it, and begins as the older ones have it if that is not understood. */
@Singleton
class ServerConnector implements Connector {
    private static final int MAX_BYTES = 1_048_576;

    private final OutboundExchanges exchanges;
    private final Credentials credentials;
    private final NodeIdentity node;
    private final Executor executor;
    private final Deadlines deadlines;
    private final StdioProcesses processes;

    @Inject
    ServerConnector(OutboundExchanges exchanges, Credentials credentials, NodeIdentity node, GatewaySettings settings) {
        this(
                exchanges,
                credentials,
                node,
                ServerThreads.executor(),
                new Deadlines(ServerThreads.scheduler()),
                settings.stdio());
    }

    ServerConnector(
            OutboundExchanges exchanges,
            Credentials credentials,
            NodeIdentity node,
            Executor executor,
            Deadlines deadlines,
            List<StdioServer> stdio) {
        this.exchanges = exchanges;
        this.credentials = credentials;
        this.node = node;
        this.executor = executor;
        this.deadlines = deadlines;
        this.processes = new StdioProcesses(stdio, executor);
    }

    @Override
    public CompletionStage<Upstream> open(RegisteredServer server, UpstreamListener listener) {
        if (server.transport().equals(Transport.STDIO)) {
            return StdioUpstream.open(
                    () -> processes.start(server.name()), server.timeout(), node, listener, executor, deadlines);
        }
        return new Opening(server, listener).open();
    }

    /** No process outlives the application. */
    @PreDestroy
    void close() {
        processes.close();
    }

    /** One conversation over HTTP on its way. */
    private final class Opening implements HttpAnswer.Handler {
        private static final long ID = 0;

        private final HttpEndpoint endpoint;
        private final RegisteredServer server;
        private final UpstreamListener listener;
        private final Revision modern = new Revision(Revision.MODERN, node);
        private final CompletableFuture<Upstream> upstream = new CompletableFuture<>();
        private boolean answered;

        Opening(RegisteredServer server, UpstreamListener listener) {
            this.server = server;
            this.listener = listener;
            this.endpoint = new HttpEndpoint(exchanges, executor, credentials, node, server);
        }

        CompletionStage<Upstream> open() {
            String method = "server/discover";
            UpstreamRequest request =
                    new UpstreamRequest(method, JsonValue.EMPTY_JSON_OBJECT, server.timeout(), MAX_BYTES, "", null);
            HttpAnswer expected = endpoint.answer(MAX_BYTES, this);
            try {
                endpoint.post(
                        Messages.request(ID, method, modern.params(request, ID)),
                        modern.headers(method, ""),
                        server.timeout(),
                        expected);
            } catch (UpstreamException e) {
                upstream.completeExceptionally(e);
            }
            return upstream.minimalCompletionStage();
        }

        @Override
        public void message(JsonObject message) {
            if (answered || !Results.answers(message, ID)) {
                return;
            }
            answered = true;
            JsonObject result = Messages.object(message, "result");
            if (speaksModern(result)) {
                ModernUpstream begun = new ModernUpstream(
                        endpoint, modern, Messages.object(result, "capabilities"), listener, deadlines);
                begun.start();
                upstream.complete(begun);
            } else {
                initialize();
            }
        }

        private boolean speaksModern(JsonObject result) {
            return result.get("supportedVersions") instanceof JsonArray versions
                    && versions.stream()
                            .anyMatch(version -> version instanceof JsonString text
                                    && text.getString().equals(Revision.MODERN));
        }

        @Override
        public void ended(@Nullable UpstreamException failure) {
            if (answered) {
                return;
            }
            answered = true;
            // Any answer of HTTP that is not a refusal may come from a server that does not know the question.
            if (failure == null || failure.reason() == UpstreamException.Reason.PROTOCOL) {
                initialize();
            } else {
                upstream.completeExceptionally(failure);
            }
        }

        private void initialize() {
            Handshake handshake = new Handshake(endpoint, node, server.timeout());
            handshake.begin().whenComplete((session, e) -> {
                if (session == null) {
                    upstream.completeExceptionally(UpstreamFailures.of(e));
                    return;
                }
                LegacyUpstream begun = new LegacyUpstream(endpoint, handshake, session, listener, deadlines);
                begun.start();
                upstream.complete(begun);
            });
        }
    }
}
