package org.ergograph.gateway;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.ergograph.observation.NodeIdentity;
import org.ergograph.web.JsonText;
import org.jspecify.annotations.Nullable;

/** Begins a conversation in the revisions that begin with {@code initialize}, over HTTP. */
final class Handshake {
    private static final int MAX_BYTES = 1_048_576;
    private static final Pattern SESSION_ID = Pattern.compile("[\\x21-\\x7e]{1,1024}");
    private static final long ID = 0;

    private final HttpEndpoint endpoint;
    private final NodeIdentity node;
    private final Duration timeout;

    Handshake(HttpEndpoint endpoint, NodeIdentity node, Duration timeout) {
        this.endpoint = endpoint;
        this.node = node;
        this.timeout = timeout;
    }

    /** A new session; fails with an {@link UpstreamException}. */
    CompletionStage<Session> begin() {
        CompletableFuture<Session> session = new CompletableFuture<>();
        Initializing initializing = new Initializing(session);
        HttpAnswer answer = endpoint.answer(MAX_BYTES, initializing);
        initializing.answer = answer;
        try {
            endpoint.post(Messages.request(ID, "initialize", params(node)), Map.of(), timeout, answer);
        } catch (UpstreamException e) {
            session.completeExceptionally(e);
        }
        return session;
    }

    /** The parameters of {@code initialize}. */
    static JsonObject params(NodeIdentity node) {
        return JsonText.object()
                .add("protocolVersion", Revision.LEGACY.get(0))
                .add("capabilities", JsonValue.EMPTY_JSON_OBJECT)
                .add("clientInfo", Revision.client(node))
                .build();
    }

    /**
     * What an answer to {@code initialize} has agreed.
     *
     * @param id of the session; null if there is none
     * @throws UpstreamException if we do not speak what the server speaks
     */
    static Session agreed(JsonObject message, @Nullable String id, NodeIdentity node) {
        if (message.get("error") instanceof JsonObject error) {
            throw Results.failure(error);
        }
        JsonObject result = Messages.object(message, "result");
        String version = Messages.text(result, "protocolVersion");
        if (version == null || !Revision.LEGACY.contains(version)) {
            throw Results.protocol("the server speaks no revision of the protocol that this gateway speaks");
        }
        if (id != null && !SESSION_ID.matcher(id).matches()) {
            throw Results.protocol("the id of the server's session is none that the protocol allows");
        }
        return new Session(id, new Revision(version, node), version, Messages.object(result, "capabilities"));
    }

    private void confirm(Session agreed, CompletableFuture<Session> session) {
        String method = "notifications/initialized";
        HttpAnswer answer = endpoint.answer(MAX_BYTES, new HttpAnswer.Handler() {
            @Override
            public void message(JsonObject message) {}

            @Override
            public void ended(@Nullable UpstreamException failure) {
                if (failure == null) {
                    session.complete(agreed);
                } else {
                    session.completeExceptionally(failure);
                }
            }
        });
        try {
            endpoint.post(Messages.notification(method, null), agreed.headers(method, ""), timeout, answer);
        } catch (UpstreamException e) {
            session.completeExceptionally(e);
        }
    }

    private final class Initializing implements HttpAnswer.Handler {
        private final CompletableFuture<Session> session;
        private volatile @Nullable HttpAnswer answer;
        private boolean answered;

        Initializing(CompletableFuture<Session> session) {
            this.session = session;
        }

        @Override
        public void message(JsonObject message) {
            HttpAnswer mine = answer;
            if (answered || !Results.answers(message, ID) || mine == null) {
                return;
            }
            answered = true;
            try {
                confirm(agreed(message, mine.header("mcp-session-id"), node), session);
            } catch (UpstreamException e) {
                session.completeExceptionally(e);
            }
        }

        @Override
        public void ended(@Nullable UpstreamException failure) {
            if (failure != null || !answered) {
                session.completeExceptionally(
                        failure != null ? failure : Results.protocol("the answer ended without a result"));
            }
        }
    }
}
