package org.ergograph.gateway;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.ergograph.observation.Recorder;
import org.ergograph.observation.TimeSource;
import org.ergograph.observation.Timing;
import org.ergograph.registry.RegisteredServer;
import org.ergograph.registry.Transport;
import org.ergograph.tool.Answer;
import org.ergograph.tool.Call;
import org.jspecify.annotations.Nullable;

/**
 * One call on its way to an upstream server and back, as one observation of kind {@code external}: begun on the thread that
 * makes the call, ended on whichever brings the answer.
 */
final class RoutedCall {
    private final Route route;
    private final Call call;
    private final JsonObject params;
    private final Recorder recorder;
    private final TimeSource time;
    private final int maxBytes;
    private final long enteredNanos;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private final @Nullable Timing timing;
    private final String traceparent;
    private volatile long sentNanos;
    private long waitedNanos;
    private volatile @Nullable PendingCall pending;
    private boolean retried;

    /** @param enteredNanos when the call came in, for what this server adds */
    RoutedCall(
            Route route,
            Call call,
            JsonObject params,
            Recorder recorder,
            TimeSource time,
            int maxBytes,
            long enteredNanos) {
        this.route = route;
        this.call = call;
        this.params = params;
        this.recorder = recorder;
        this.time = time;
        this.maxBytes = maxBytes;
        this.enteredNanos = enteredNanos;
        // Begun here: whatever is nested in the call's own observation is so by its thread.
        Timing started = recorder.enabled() ? recorder.start(route.series()) : null;
        this.timing = started;
        this.traceparent = started == null ? given(call) : recorder.traceparent(started);
        if (started != null) {
            if (recorder.tracing()) {
                describe(started, route.link().server());
            }
            recorder.detach(started);
        }
    }

    private static void describe(Timing timing, RegisteredServer server) {
        if (server.transport().equals(Transport.STDIO)) {
            timing.attribute("network.transport", "pipe");
        } else {
            timing.attribute("network.transport", "tcp");
            String host = URI.create(server.url()).getHost();
            if (host != null) {
                timing.attribute("server.address", host);
            }
        }
    }

    private static String given(Call call) {
        return call.meta().get("traceparent") instanceof JsonString text ? text.getString() : "";
    }

    /**
     * Sends the call, for which the guard has made room.
     *
     * @return fails with a {@link org.ergograph.tool.ProtocolException} where the request is at fault
     */
    CompletionStage<Answer> run() {
        call.onCancel(() -> {
            PendingCall sent = pending;
            if (sent != null) {
                sent.cancel();
            }
        });
        send(route.link().server().timeout());
        return answer;
    }

    private void send(Duration timeout) {
        long began = time.nanoTime();
        sentNanos = began;
        route.link().conversation().get().whenComplete((upstream, e) -> {
            if (upstream == null) {
                failed(UpstreamFailures.of(e), -1);
            } else {
                send(upstream, timeout.minusNanos(time.nanoTime() - began));
            }
        });
    }

    private void send(Upstream upstream, Duration timeout) {
        if (call.cancelled()) {
            failed(new UpstreamException(UpstreamException.Reason.CANCELLED, "the call was cancelled"), -1);
            return;
        }
        if (timeout.isNegative() || timeout.isZero()) {
            failed(late(), -1);
            return;
        }
        PendingCall sent;
        try {
            sent = upstream.request(
                    new UpstreamRequest(route.method(), params, timeout, maxBytes, traceparent, Progress.of(call)));
        } catch (RuntimeException e) {
            failed(UpstreamFailures.of(e), -1);
            return;
        }
        pending = sent;
        if (call.cancelled()) {
            sent.cancel();
        }
        sent.result().whenComplete((result, e) -> {
            if (result != null) {
                succeeded(result, sent.answerBytes());
            } else {
                failed(UpstreamFailures.of(e), sent.answerBytes());
            }
        });
    }

    private UpstreamException late() {
        return new UpstreamException(
                UpstreamException.Reason.TIMEOUT,
                "no answer within " + route.link().server().timeout());
    }

    private void succeeded(JsonObject result, long bytes) {
        long answered = time.nanoTime();
        Replies.Reply reply;
        try {
            reply = Replies.of(route, result);
        } catch (RuntimeException e) {
            reply = Replies.failed(route, UpstreamFailures.of(e));
        }
        end(reply, bytes, answered);
    }

    private void failed(UpstreamException e, long bytes) {
        long answered = time.nanoTime();
        if (again(e)) {
            retried = true;
            waitedNanos += answered - sentNanos;
            route.stats().retried();
            send(route.link().server().timeout().minusNanos(waitedNanos));
        } else {
            end(Replies.failed(route, e), bytes, answered);
        }
    }

    /** Once, and only where nothing is known to have been done twice then. */
    private boolean again(UpstreamException e) {
        return e.reason() == UpstreamException.Reason.TRANSPORT
                && route.repeatable()
                && !retried
                && !call.cancelled()
                && route.link().server().timeout().toNanos() > time.nanoTime() - sentNanos;
    }

    private void end(Replies.Reply reply, long bytes, long answeredNanos) {
        Outcome outcome = reply.outcome();
        route.link().ended(outcome);
        Timing started = timing;
        if (started != null) {
            if (outcome != Outcome.SUCCESS) {
                started.errorType(outcome.label());
            }
            if (bytes >= 0) {
                started.responseBytes(bytes);
            }
            recorder.stopDetached(started);
        }
        long now = time.nanoTime();
        long upstreamNanos = waitedNanos + answeredNanos - sentNanos;
        long inAllNanos = now - enteredNanos;
        long addedNanos = Math.max(0, inAllNanos - upstreamNanos);
        route.stats().ended(outcome, inAllNanos, upstreamNanos, addedNanos, bytes);
        route.link().added(addedNanos);
        Optional<RuntimeException> fault = reply.fault();
        if (fault.isPresent()) {
            answer.completeExceptionally(fault.get());
        } else {
            answer.complete(reply.answer());
        }
    }
}
