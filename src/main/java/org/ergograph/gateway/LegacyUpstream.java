package org.ergograph.gateway;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.ergograph.outbound.Deadlines;
import org.ergograph.outbound.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * A conversation over HTTP in a revision that begins with {@code initialize}. A session that the server has forgotten is
 * begun anew, once for all who wait. Thread-safe.
 */
final class LegacyUpstream implements Upstream {
    private static final Duration STREAM = Duration.ofHours(1);
    private static final Duration ASIDE = Duration.ofSeconds(10);
    private static final int ASIDE_BYTES = 65_536;
    private static final int MAX_ASIDES = 16;

    private final HttpEndpoint endpoint;
    private final Handshake handshake;
    private final UpstreamListener listener;
    private final Deadlines deadlines;
    private final ServerRequests requests;
    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, PendingRequest> pending = new ConcurrentHashMap<>();
    private final Semaphore asides = new Semaphore(MAX_ASIDES);
    private volatile Session session;
    private @Nullable CompletableFuture<Session> renewal;
    private @Nullable StandingStream stream;
    private volatile boolean closed;

    LegacyUpstream(
            HttpEndpoint endpoint,
            Handshake handshake,
            Session session,
            UpstreamListener listener,
            Deadlines deadlines) {
        this.endpoint = endpoint;
        this.handshake = handshake;
        this.session = session;
        this.listener = listener;
        this.deadlines = deadlines;
        this.requests = new ServerRequests(listener);
    }

    /** Begins to listen for changes. */
    void start() {
        listen(session);
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
        pending.put(call.id(), call);
        call.result().whenComplete((result, e) -> pending.remove(call.id()));
        if (closed) {
            call.fail(closed());
        } else {
            send(call, session, true);
        }
        return call;
    }

    private void send(PendingRequest call, Session within, boolean first) {
        UpstreamRequest request = call.request();
        JsonObject message =
                Messages.request(call.id(), request.method(), within.revision().params(request, call.id()));
        Handler handler = new Handler(call, within, first);
        HttpAnswer answer = endpoint.answer(request.maxBytes(), handler);
        handler.answer = answer;
        try {
            Exchange exchange = endpoint.post(
                    message, within.headers(request.method(), request.traceparent()), call.left(), answer);
            call.onAbandon(() -> {
                tellCancelled(call, within);
                exchange.cancel();
            });
        } catch (UpstreamException e) {
            call.fail(e);
        }
    }

    private void tellCancelled(PendingRequest call, Session within) {
        aside(ServerRequests.cancelled(call.id()), within);
    }

    /** Sends what has no answer; drops it if too much of the kind is under way. */
    private void aside(JsonObject message, Session within) {
        if (!asides.tryAcquire()) {
            return;
        }
        HttpAnswer answer = endpoint.answer(ASIDE_BYTES, new Nothing());
        String method = Messages.text(message, "method");
        try {
            endpoint.post(message, within.headers(method == null ? "" : method, ""), ASIDE, answer)
                    .result()
                    .whenComplete((result, never) -> asides.release());
        } catch (UpstreamException e) {
            asides.release(); // whoever makes the next call hears of it
        }
    }

    private void listen(Session within) {
        if (!Changes.any(within.capabilities())) {
            return;
        }
        StandingStream opened = new StandingStream(
                endpoint,
                deadlines,
                answer -> endpoint.get(within.headers("", ""), STREAM, answer),
                message -> heard(message, within));
        StandingStream old;
        synchronized (this) {
            old = stream;
            stream = opened;
        }
        if (old != null) {
            old.stop();
        }
        opened.open();
        if (closed) {
            opened.stop();
        }
    }

    /** A message that answers no request of ours, on whichever stream. */
    private void heard(JsonObject message, Session within) {
        JsonObject answer = requests.answer(message);
        if (answer != null) {
            aside(answer, within);
        } else if ("notifications/progress".equals(Messages.text(message, "method"))) {
            JsonObject params = Messages.object(message, "params");
            PendingRequest call = pending.get(PendingRequest.token(params));
            if (call != null) {
                call.progress(params);
            }
        } else {
            Changes.tell(message, listener);
        }
    }

    /** A session after the one that the server has forgotten; everybody who asks meanwhile waits for the same. */
    private CompletionStage<Session> renewed(Session forgotten) {
        CompletableFuture<Session> mine;
        synchronized (this) {
            if (!session.equals(forgotten)) {
                return CompletableFuture.completedFuture(session);
            }
            CompletableFuture<Session> under = renewal;
            if (under != null) {
                return under;
            }
            mine = new CompletableFuture<>();
            renewal = mine;
        }
        handshake.begin().whenComplete((begun, e) -> {
            synchronized (this) {
                renewal = null;
                if (begun != null) {
                    session = begun;
                }
            }
            if (begun != null) {
                mine.complete(begun);
                listen(begun);
                listener.listsChanged();
            } else {
                mine.completeExceptionally(e);
                listener.lost("the server has forgotten the session and begins no other");
            }
        });
        return mine;
    }

    private final class Handler implements HttpAnswer.Handler {
        private final PendingRequest call;
        private final Session within;
        private final boolean first;
        private volatile @Nullable HttpAnswer answer;

        Handler(PendingRequest call, Session within, boolean first) {
            this.call = call;
            this.within = within;
            this.first = first;
        }

        @Override
        public void message(JsonObject message) {
            if (Results.answers(message, call.id())) {
                HttpAnswer mine = answer;
                call.answerBytes(mine == null ? -1 : mine.messageBytes());
                Results.settle(call, message, listener);
            } else {
                heard(message, within);
            }
        }

        @Override
        public void ended(@Nullable UpstreamException failure) {
            HttpAnswer mine = answer;
            if (call.done() || mine == null) {
                return;
            }
            if (failure == null) {
                call.fail(mine.incomplete());
            } else if (first && forgotten(failure, mine.status())) {
                renewed(within).whenComplete((next, e) -> {
                    if (next != null) {
                        send(call, next, false);
                    } else {
                        call.fail(UpstreamFailures.of(e));
                    }
                });
            } else {
                if (failure.reason() == UpstreamException.Reason.TIMEOUT) {
                    tellCancelled(call, within);
                }
                call.fail(failure);
            }
        }

        /** Whether the server did not take the request since it does not know the session; some say so with 400. */
        private boolean forgotten(UpstreamException failure, int status) {
            JsonObject error = failure.error();
            String text = error == null ? null : Messages.text(error, "message");
            boolean saidSo = text != null && text.toLowerCase(Locale.ROOT).contains("session");
            return within.id() != null && (status == 404 || (status == 400 && saidSo));
        }
    }

    /** Takes an answer in which there is nothing to take. */
    private static final class Nothing implements HttpAnswer.Handler {
        @Override
        public void message(JsonObject message) {}

        @Override
        public void ended(@Nullable UpstreamException failure) {}
    }

    private static UpstreamException closed() {
        return new UpstreamException(UpstreamException.Reason.TRANSPORT, "the conversation is over");
    }

    @Override
    public void close() {
        StandingStream last;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            last = stream;
        }
        if (last != null) {
            last.stop();
        }
        pending.values().forEach(call -> call.abandon(closed()));
        Session end = session;
        if (end.id() != null) {
            try {
                endpoint.delete(end.headers("", ""), ASIDE, endpoint.answer(ASIDE_BYTES, new Nothing()));
            } catch (UpstreamException e) {
                return; // without its credential nothing can be said to the server; it forgets the session some day
            }
        }
    }
}
