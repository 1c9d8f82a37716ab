package org.ergograph.gateway;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import org.ergograph.observation.NodeIdentity;
import org.ergograph.outbound.Credentials;
import org.ergograph.outbound.Exchange;
import org.ergograph.outbound.ExchangeRequest;
import org.ergograph.outbound.OutboundExchanges;
import org.ergograph.registry.RegisteredServer;
import org.jspecify.annotations.Nullable;

/** Where an upstream server listens: sends requests of HTTP there, with what all of them carry. Thread-safe. */
final class HttpEndpoint {
    private static final String ACCEPT = "application/json, text/event-stream";

    private final OutboundExchanges exchanges;
    private final Executor executor;
    private final Credentials credentials;
    private final String instanceId;
    private final RegisteredServer server;

    HttpEndpoint(
            OutboundExchanges exchanges,
            Executor executor,
            Credentials credentials,
            NodeIdentity node,
            RegisteredServer server) {
        this.exchanges = exchanges;
        this.executor = executor;
        this.credentials = credentials;
        this.instanceId = node.instanceId();
        this.server = server;
    }

    Executor executor() {
        return executor;
    }

    /** An answer that is yet to come. */
    HttpAnswer answer(int maxBytes, HttpAnswer.Handler handler) {
        return new HttpAnswer(maxBytes, new Mailbox(executor, HttpAnswer.MAX_WAITING), handler);
    }

    /**
     * Sends a message by POST.
     *
     * @throws UpstreamException if the credential is missing
     */
    Exchange post(JsonObject message, Map<String, String> headers, Duration deadline, HttpAnswer answer) {
        return send("POST", message, ACCEPT, headers, deadline, answer);
    }

    /** Asks for the stream of events; throws as {@link #post}. */
    Exchange get(Map<String, String> headers, Duration deadline, HttpAnswer answer) {
        return send("GET", null, "text/event-stream", headers, deadline, answer);
    }

    /** Ends a session; throws as {@link #post}. */
    Exchange delete(Map<String, String> headers, Duration deadline, HttpAnswer answer) {
        return send("DELETE", null, ACCEPT, headers, deadline, answer);
    }

    private @Nullable String token() {
        String reference = server.credentialRef();
        return reference == null
                ? null
                : credentials
                        .token(reference)
                        .orElseThrow(() -> new UpstreamException(
                                UpstreamException.Reason.REFUSED, "the server's credential is missing or no token"));
    }

    private Exchange send(
            String method,
            @Nullable JsonObject message,
            String accept,
            Map<String, String> headers,
            Duration deadline,
            HttpAnswer answer) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Accept", accept);
        all.put(NodeIdentity.VIA_HEADER, instanceId);
        String token = token();
        if (token != null) {
            all.put("Authorization", "Bearer " + token);
        }
        if (message != null) {
            all.put("Content-Type", "application/json");
        }
        Exchange exchange = exchanges.send(
                new ExchangeRequest(
                        method, server.url(), all, message == null ? null : Messages.bytes(message), deadline),
                answer);
        exchange.result().thenAccept(answer::ended);
        return exchange;
    }
}
