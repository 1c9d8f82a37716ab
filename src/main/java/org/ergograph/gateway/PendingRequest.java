package org.ergograph.gateway;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A request from its number to its answer. Thread-safe. */
final class PendingRequest implements PendingCall {
    private final long id;
    private final UpstreamRequest request;
    private final long startNanos = System.nanoTime();
    private final CompletableFuture<JsonObject> result = new CompletableFuture<>();
    private @Nullable Runnable abandon;
    private boolean abandoned;
    private volatile long answerBytes = -1;

    PendingRequest(long id, UpstreamRequest request) {
        this.id = id;
        this.request = request;
    }

    /** Its id in JSON-RPC, and the token of its progress. */
    long id() {
        return id;
    }

    UpstreamRequest request() {
        return request;
    }

    /** What is left of its timeout, at least a millisecond. */
    Duration left() {
        Duration left = request.timeout().minusNanos(System.nanoTime() - startNanos);
        return left.toMillis() < 1 ? Duration.ofMillis(1) : left;
    }

    @Override
    public CompletionStage<JsonObject> result() {
        return result.minimalCompletionStage();
    }

    @Override
    public long answerBytes() {
        return answerBytes;
    }

    void answerBytes(long bytes) {
        answerBytes = bytes;
    }

    boolean done() {
        return result.isDone();
    }

    /** What is to be done when nobody wants the answer any more; at once if that is so already. */
    void onAbandon(Runnable action) {
        synchronized (this) {
            if (!abandoned) {
                abandon = action;
                return;
            }
        }
        action.run();
    }

    @Override
    public void cancel() {
        abandon(new UpstreamException(UpstreamException.Reason.CANCELLED, UpstreamException.Reason.CANCELLED.label()));
    }

    /** Fails it, and has the server told. */
    void abandon(UpstreamException reason) {
        if (result.isDone()) {
            return;
        }
        Runnable action;
        synchronized (this) {
            abandoned = true;
            action = abandon;
            abandon = null;
        }
        fail(reason);
        if (action != null) {
            action.run();
        }
    }

    void succeed(JsonObject answer) {
        result.complete(answer);
    }

    void fail(UpstreamException reason) {
        result.completeExceptionally(reason);
    }

    /** The number that a progress notification is about; -1 if it is none of ours. */
    static long token(JsonObject params) {
        return params.get("progressToken") instanceof JsonNumber token && token.isIntegral() ? token.longValue() : -1;
    }

    /** Passes a progress notification on if it is about this request. */
    void progress(JsonObject params) {
        Consumer<JsonObject> listener = request.progress();
        if (listener != null && !result.isDone() && token(params) == id) {
            listener.accept(Messages.copy(params).remove("progressToken").build());
        }
    }
}
