package org.ergograph.gateway;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A conversation whose answers the test gives. Thread-safe. */
final class FakeUpstream implements Upstream {
    private final Map<String, Function<UpstreamRequest, CompletionStage<JsonObject>>> answers =
            new ConcurrentHashMap<>();
    private final List<UpstreamRequest> requests = new CopyOnWriteArrayList<>();
    private final List<Pending> pending = new CopyOnWriteArrayList<>();
    volatile String version = "2025-11-25";
    volatile JsonObject capabilities = Texts.json("{'tools':{},'resources':{},'prompts':{}}");
    volatile boolean closed;

    /** A request and its end. */
    static final class Pending implements PendingCall {
        final UpstreamRequest request;
        final CompletableFuture<JsonObject> result = new CompletableFuture<>();
        volatile boolean cancelled;

        Pending(UpstreamRequest request) {
            this.request = request;
        }

        @Override
        public CompletionStage<JsonObject> result() {
            return result;
        }

        @Override
        public long answerBytes() {
            return result.isDone() && !result.isCompletedExceptionally()
                    ? result.join().toString().length()
                    : -1;
        }

        @Override
        public void cancel() {
            cancelled = true;
            result.completeExceptionally(new UpstreamException(UpstreamException.Reason.CANCELLED, "cancelled"));
        }
    }

    /** Requests of this method are answered so; those of others stay open. */
    FakeUpstream on(String method, Function<UpstreamRequest, CompletionStage<JsonObject>> answer) {
        answers.put(method, answer);
        return this;
    }

    FakeUpstream answers(String method, String json) {
        return on(method, request -> CompletableFuture.completedFuture(Texts.json(json)));
    }

    FakeUpstream fails(String method, UpstreamException.Reason reason) {
        return on(method, request -> CompletableFuture.failedFuture(new UpstreamException(reason, "it is broken")));
    }

    List<UpstreamRequest> requests() {
        return List.copyOf(requests);
    }

    List<UpstreamRequest> requests(String method) {
        List<UpstreamRequest> found = new ArrayList<>(requests);
        found.removeIf(request -> !request.method().equals(method));
        return found;
    }

    /** The last request that was sent. */
    Pending last() {
        return pending.get(pending.size() - 1);
    }

    @Override
    public String protocolVersion() {
        return version;
    }

    @Override
    public JsonObject capabilities() {
        return capabilities;
    }

    @Override
    public PendingCall request(UpstreamRequest request) {
        requests.add(request);
        Pending sent = new Pending(request);
        pending.add(sent);
        Function<UpstreamRequest, CompletionStage<JsonObject>> answer = answers.get(request.method());
        if (answer != null) {
            answer.apply(request).whenComplete((result, e) -> {
                if (result != null) {
                    sent.result.complete(result);
                } else {
                    sent.result.completeExceptionally(e);
                }
            });
        }
        return sent;
    }

    @Override
    public void close() {
        closed = true;
    }
}
