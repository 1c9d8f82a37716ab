package org.ergograph.gateway;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.ergograph.observation.NodeIdentity;
import org.ergograph.outbound.Deadlines;
import org.ergograph.web.JsonText;

/** A conversation with a process of this machine, a message a line, in the revisions of both eras. Thread-safe. */
final class StdioUpstream implements Upstream, StdioProcess.Listener {
    private static final Duration DISCOVERY = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int MAX_PENDING = 256;
    private static final int MAX_PROGRESS = 100;
    private static final int MIN_LINE_BYTES = 1_048_576;

    /** A request, and the threads on which its caller hears of it. */
    private record Open(PendingRequest call, Mailbox mailbox) {
        void fail(UpstreamException failure) {
            mailbox.post(() -> call.fail(failure));
        }
    }

    private final NodeIdentity node;
    private final UpstreamListener listener;
    private final ServerRequests requests;
    private final Executor executor;
    private final Deadlines deadlines;
    private final StdioProcess process;
    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, Open> pending = new ConcurrentHashMap<>();
    private volatile Session session;
    private volatile boolean begun;
    private volatile boolean closed;

    private StdioUpstream(
            StdioProcess process,
            NodeIdentity node,
            UpstreamListener listener,
            Executor executor,
            Deadlines deadlines) {
        this.process = process;
        this.node = node;
        this.listener = listener;
        this.requests = new ServerRequests(listener);
        this.executor = executor;
        this.deadlines = deadlines;
        this.session =
                new Session(null, new Revision(Revision.MODERN, node), Revision.MODERN, JsonValue.EMPTY_JSON_OBJECT);
    }

    /**
     * Starts the process and begins the conversation.
     *
     * @param start of the process; may fail with an {@link UpstreamException}
     * @param timeout of the beginning
     */
    static CompletionStage<Upstream> open(
            Supplier<StdioProcess> start,
            Duration timeout,
            NodeIdentity node,
            UpstreamListener listener,
            Executor executor,
            Deadlines deadlines) {
        Supplier<StdioUpstream> started = () -> {
            StdioUpstream upstream = new StdioUpstream(start.get(), node, listener, executor, deadlines);
            upstream.process.listen(upstream::maxLineBytes, upstream);
            return upstream;
        };
        StdioUpstream first;
        try {
            first = started.get();
        } catch (UpstreamException e) {
            return CompletableFuture.failedFuture(e);
        }
        return first.discover(timeout).thenCompose(spoken -> {
            if (spoken) {
                return CompletableFuture.completedFuture(first);
            }
            // Some end when they are asked what they do not know.
            return (first.closed ? started.get() : first).initialize(timeout);
        });
    }

    /** Whether the server speaks the newest revision. */
    private CompletionStage<Boolean> discover(Duration timeout) {
        Duration patience = timeout.compareTo(DISCOVERY) < 0 ? timeout : DISCOVERY;
        return request(new UpstreamRequest(
                        "server/discover", JsonValue.EMPTY_JSON_OBJECT, patience, MIN_LINE_BYTES, "", null))
                .result()
                .handle((result, e) -> result != null && accept(result));
    }

    private boolean accept(JsonObject result) {
        if (!(result.get("supportedVersions") instanceof JsonArray versions)
                || versions.stream()
                        .noneMatch(version -> version instanceof JsonString text
                                && text.getString().equals(Revision.MODERN))) {
            return false;
        }
        JsonObject capabilities = Messages.object(result, "capabilities");
        session = new Session(null, new Revision(Revision.MODERN, node), Revision.MODERN, capabilities);
        begun = true;
        JsonObject wanted = Changes.wanted(capabilities);
        if (!wanted.isEmpty()) {
            long id = ids.incrementAndGet();
            UpstreamRequest listen = new UpstreamRequest(
                    "subscriptions/listen",
                    JsonText.object().add("notifications", wanted).build(),
                    PATIENCE,
                    0,
                    "",
                    null);
            say(Messages.request(id, listen.method(), session.revision().params(listen, id)));
        }
        return true;
    }

    private CompletionStage<Upstream> initialize(Duration timeout) {
        Revision first = new Revision(Revision.LEGACY.get(0), node);
        session = new Session(null, first, Revision.LEGACY.get(0), JsonValue.EMPTY_JSON_OBJECT);
        return request(new UpstreamRequest("initialize", Handshake.params(node), timeout, MIN_LINE_BYTES, "", null))
                .result()
                .thenApply(result -> {
                    session = Handshake.agreed(
                            JsonText.object().add("result", result).build(), null, node);
                    say(Messages.notification("notifications/initialized", null));
                    begun = true;
                    return (Upstream) this;
                })
                .whenComplete((upstream, e) -> {
                    if (upstream == null) {
                        close();
                    }
                });
    }

    @Override
    public String protocolVersion() {
        return session.version();
    }

    @Override
    public JsonObject capabilities() {
        return session.capabilities();
    }

    @Override
    public PendingCall request(UpstreamRequest request) {
        PendingRequest call = new PendingRequest(ids.incrementAndGet(), request);
        if (closed || pending.size() >= MAX_PENDING) {
            call.fail(closed ? over() : transport("too many requests are under way"));
            return call;
        }
        Open open = new Open(call, new Mailbox(executor, MAX_PROGRESS));
        pending.put(call.id(), open);
        Runnable inTime;
        try {
            inTime = deadlines.after(
                    request.timeout(),
                    () -> open.mailbox()
                            .post(() -> call.abandon(new UpstreamException(
                                    UpstreamException.Reason.TIMEOUT, "it did not answer in time"))));
        } catch (RejectedExecutionException e) {
            pending.remove(call.id());
            call.fail(transport("this gateway is stopping"));
            return call;
        }
        call.result().whenComplete((result, e) -> {
            inTime.run();
            pending.remove(call.id());
        });
        call.onAbandon(() -> say(ServerRequests.cancelled(call.id())));
        JsonObject params = session.revision().params(request, call.id());
        if (!say(Messages.request(call.id(), request.method(), params))) {
            call.fail(transport("the server does not listen"));
        }
        if (closed) {
            call.fail(over());
        }
        return call;
    }

    private boolean say(JsonObject message) {
        return process.say(JsonText.bytes(message));
    }

    private int maxLineBytes() {
        int most = MIN_LINE_BYTES;
        for (Open open : pending.values()) {
            most = Math.max(most, open.call().request().maxBytes());
        }
        return most;
    }

    @Override
    public void line(byte[] bytes) {
        List<JsonObject> messages;
        try {
            messages = Messages.parse(bytes);
        } catch (UpstreamException e) {
            return; // many print what is no message; an answer that is lost so is missed at its timeout
        }
        messages.forEach(message -> heard(message, bytes.length));
    }

    private void heard(JsonObject message, int length) {
        JsonObject answer = requests.answer(message);
        if (answer != null) {
            say(answer);
        } else if (!message.containsKey("method")) {
            Open open = pending.get(Results.id(message));
            if (open != null && length > open.call().request().maxBytes()) {
                open.fail(tooLarge(open.call()));
            } else if (open != null) {
                open.mailbox().post(() -> Results.settle(open.call(), message, listener));
            }
        } else if ("notifications/progress".equals(Messages.text(message, "method"))) {
            JsonObject params = Messages.object(message, "params");
            Open open = pending.get(PendingRequest.token(params));
            if (open != null) {
                // Who is slow to hear of his progress hears of some of it only.
                open.mailbox().offer(() -> open.call().progress(params));
            }
        } else {
            Changes.tell(message, listener);
        }
    }

    /** Whose answer it was cannot be told, but it is of no use to any that is pending. */
    @Override
    public void tooLong() {
        // Of those that were pending then: whoever hears of his failure may have asked anew before all are told.
        List.copyOf(pending.values()).forEach(open -> open.fail(tooLarge(open.call())));
    }

    private static UpstreamException tooLarge(PendingRequest call) {
        return new UpstreamException(
                UpstreamException.Reason.TOO_LARGE,
                "the answer is longer than " + call.request().maxBytes() + " bytes");
    }

    @Override
    public void ended() {
        boolean lost = !closed;
        closed = true;
        pending.values().forEach(open -> open.fail(transport("the server's process has ended")));
        if (lost && begun) {
            listener.lost("the server's process has ended");
        }
    }

    private static UpstreamException transport(String text) {
        return new UpstreamException(UpstreamException.Reason.TRANSPORT, text);
    }

    private static UpstreamException over() {
        return transport("the conversation is over");
    }

    @Override
    public void close() {
        closed = true;
        pending.values().forEach(open -> open.fail(over()));
        process.kill();
        try {
            deadlines.after(PATIENCE, process::killForcibly);
        } catch (RejectedExecutionException e) {
            process.killForcibly();
        }
    }
}
