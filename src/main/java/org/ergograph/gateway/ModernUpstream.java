package org.ergograph.gateway;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.ergograph.outbound.Deadlines;
import org.ergograph.outbound.Exchange;
import org.ergograph.web.JsonText;
import org.jspecify.annotations.Nullable;

/** A conversation in revision 2026-07-28, over HTTP: nothing is kept between the calls, each says who asks. Thread-safe. */
final class ModernUpstream implements Upstream {
    /** How long a stream of changes is kept before a new one takes its place. */
    private static final Duration STREAM = Duration.ofHours(1);

    private static final int UNSUPPORTED_VERSION = -32022;

    private final HttpEndpoint endpoint;
    private final Revision revision;
    private final JsonObject capabilities;
    private final UpstreamListener listener;
    private final ParameterHeaders parameters = new ParameterHeaders();
    private final AtomicLong ids = new AtomicLong();
    private final Set<PendingRequest> pending = ConcurrentHashMap.newKeySet();
    private final @Nullable StandingStream changes;
    private volatile boolean listened;
    private volatile boolean closed;

    ModernUpstream(
            HttpEndpoint endpoint,
            Revision revision,
            JsonObject capabilities,
            UpstreamListener listener,
            Deadlines deadlines) {
        this.endpoint = endpoint;
        this.revision = revision;
        this.capabilities = capabilities;
        this.listener = listener;
        JsonObject wanted = Changes.wanted(capabilities);
        this.changes = wanted.isEmpty()
                ? null
                : new StandingStream(endpoint, deadlines, answer -> listen(wanted, answer), this::changed);
    }

    /** Begins to listen for changes. */
    void start() {
        if (changes != null) {
            changes.open();
        }
    }

    @Override
    public String protocolVersion() {
        return Revision.MODERN;
    }

    @Override
    public JsonObject capabilities() {
        return capabilities;
    }

    @Override
    public PendingCall request(UpstreamRequest request) {
        PendingRequest call = new PendingRequest(ids.incrementAndGet(), request);
        pending.add(call);
        call.result().whenComplete((result, e) -> pending.remove(call));
        if (closed) {
            call.fail(closed());
            return call;
        }
        JsonObject params = revision.params(request, call.id());
        Handler handler = new Handler(call);
        HttpAnswer answer = endpoint.answer(request.maxBytes(), handler);
        handler.answer = answer;
        try {
            Exchange exchange = endpoint.post(
                    Messages.request(call.id(), request.method(), params), headers(request), request.timeout(), answer);
            call.onAbandon(exchange::cancel);
        } catch (UpstreamException e) {
            call.fail(e);
        }
        return call;
    }

    private Map<String, String> headers(UpstreamRequest request) {
        Map<String, String> headers = new HashMap<>();
        String method = request.method();
        String name = switch (method) {
            case "tools/call", "prompts/get" -> Messages.text(request.params(), "name");
            case "resources/read" -> Messages.text(request.params(), "uri");
            default -> null;
        };
        if (method.equals("tools/call")) {
            parameters.add(name, Messages.object(request.params(), "arguments"), headers);
        }
        headers.putAll(revision.headers(method, request.traceparent()));
        if (name != null) {
            headers.put("Mcp-Name", ParameterHeaders.encoded(name));
        }
        return headers;
    }

    private Exchange listen(JsonObject wanted, HttpAnswer answer) {
        String method = "subscriptions/listen";
        UpstreamRequest request = new UpstreamRequest(
                method, JsonText.object().add("notifications", wanted).build(), STREAM, 0, "", null);
        long id = ids.incrementAndGet();
        JsonObject message = Messages.request(id, method, revision.params(request, id));
        return endpoint.post(message, revision.headers(method, ""), STREAM, answer);
    }

    /** A message on the stream of changes. */
    private void changed(JsonObject message) {
        if (message.containsKey("error") && changes != null) {
            changes.stop();
        } else if ("notifications/subscriptions/acknowledged".equals(Messages.text(message, "method"))) {
            if (listened) {
                listener.listsChanged(); // as they may have while nobody listened
            }
            listened = true;
        } else {
            Changes.tell(message, listener);
        }
    }

    private final class Handler implements HttpAnswer.Handler {
        private final PendingRequest call;
        private volatile @Nullable HttpAnswer answer;

        Handler(PendingRequest call) {
            this.call = call;
        }

        @Override
        public void message(JsonObject message) {
            String method = Messages.text(message, "method");
            if (Results.answers(message, call.id())) {
                if (call.request().method().equals("tools/list")) {
                    parameters.learn(Messages.object(message, "result"));
                }
                if (Results.code(Messages.object(message, "error")) == UNSUPPORTED_VERSION) {
                    listener.lost("the server no longer speaks revision " + Revision.MODERN);
                }
                HttpAnswer mine = answer;
                call.answerBytes(mine == null ? -1 : mine.messageBytes());
                Results.settle(call, message, listener);
            } else if (method != null && message.containsKey("id")) {
                listener.refused(method); // no request of a server can be answered in this revision
            } else if ("notifications/progress".equals(method)) {
                call.progress(Messages.object(message, "params"));
            } else {
                Changes.tell(message, listener);
            }
        }

        @Override
        public void ended(@Nullable UpstreamException failure) {
            if (failure != null && Results.code(failure.error()) == UNSUPPORTED_VERSION) {
                listener.lost("the server no longer speaks revision " + Revision.MODERN);
            }
            HttpAnswer mine = answer;
            if (failure != null) {
                call.fail(failure);
            } else if (mine != null) {
                call.fail(mine.incomplete());
            }
        }
    }

    private static UpstreamException closed() {
        return new UpstreamException(UpstreamException.Reason.TRANSPORT, "the conversation is over");
    }

    @Override
    public void close() {
        closed = true;
        if (changes != null) {
            changes.stop();
        }
        pending.forEach(call -> call.abandon(closed()));
    }
}
