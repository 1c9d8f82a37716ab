package org.ergograph.mcp;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.ergograph.observation.Recorder;
import org.ergograph.tool.Answer;
import org.ergograph.tool.ProtocolException;
import org.ergograph.web.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * Asks legacy clients what modern ones are asked by way of the result: on the stream of the open request, whose answer comes in a
 * request of its own, under an id that nobody else can guess. Bounded by the open requests; thread-safe.
 */
final class Asking {
    /** How often one call may ask. */
    static final int MAX_ROUNDS = 10;

    private final Recorder recorder;
    private final Map<String, CompletableFuture<JsonObject>> open = new ConcurrentHashMap<>();

    Asking(Recorder recorder) {
        this.recorder = recorder;
    }

    /** How many questions wait for an answer. */
    int open() {
        return open.size();
    }

    /** Takes an answer; one that nobody waits for is dropped. */
    void answered(Message.Response response) {
        CompletableFuture<JsonObject> waiting = open.remove(response.id());
        if (waiting != null) {
            waiting.complete(response.body());
        }
    }

    /** Calls until there is a result, and asks the client in between. Begun on the thread of the request. */
    CompletionStage<Answer> until(
            OpenCall call, CompletionStage<Answer> first, Function<OpenCall, CompletionStage<Answer>> work) {
        return round(call, first, carried(work), 0);
    }

    /** The work with trace id and principal of this thread, wherever it runs; once at a time. */
    private Function<OpenCall, CompletionStage<Answer>> carried(Function<OpenCall, CompletionStage<Answer>> work) {
        AtomicReference<@Nullable OpenCall> next = new AtomicReference<>();
        Callable<CompletionStage<Answer>> carried =
                recorder.carry(() -> work.apply(Objects.requireNonNull(next.get())));
        return call -> {
            next.set(call);
            try {
                return carried.call();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        };
    }

    private CompletionStage<Answer> round(
            OpenCall call, CompletionStage<Answer> stage, Function<OpenCall, CompletionStage<Answer>> work, int round) {
        return stage.thenCompose(answer -> {
            if (!(answer instanceof Answer.InputRequired required)) {
                return CompletableFuture.completedStage(answer);
            }
            if (round >= MAX_ROUNDS) {
                throw new IllegalStateException("a call asks its client more than " + MAX_ROUNDS + " times");
            }
            return ask(call.turn(), required.inputRequests()).thenCompose(answers -> {
                OpenCall next = call.again(answers, required.requestState());
                return round(next, work.apply(next), work, round + 1);
            });
        });
    }

    private CompletionStage<JsonObject> ask(Turn turn, JsonObject requests) {
        LegacySession session = turn.session();
        if (session == null || session.known()) {
            InputRequests.check(requests, turn.capabilities());
        }
        if (!turn.outlet().streams()) {
            throw new ProtocolException(
                    ProtocolException.INVALID_REQUEST,
                    "this request has to ask its client something: the client must accept text/event-stream");
        }
        Map<String, CompletableFuture<JsonObject>> waiting = new LinkedHashMap<>();
        requests.forEach((key, request) -> waiting.put(key, question(turn, request.asJsonObject())));
        return CompletableFuture.allOf(waiting.values().toArray(new CompletableFuture<?>[0]))
                .thenApply(done -> {
                    JsonObjectBuilder answers = JsonText.object();
                    waiting.forEach((key, answer) -> answers.add(key, result(answer.join())));
                    return answers.build();
                });
    }

    private CompletableFuture<JsonObject> question(Turn turn, JsonObject request) {
        String id = LegacySessions.newId();
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        open.put(id, answer);
        turn.onEnd(() -> open.remove(id));
        turn.outlet()
                .send(Notifications.request(
                        id, request.getString("method"), request.getOrDefault("params", JsonValue.EMPTY_JSON_OBJECT)));
        return answer;
    }

    private static JsonValue result(JsonObject response) {
        JsonValue result = response.get("result");
        if (result instanceof JsonObject) {
            return result;
        }
        throw new ProtocolException(
                ProtocolException.INVALID_REQUEST,
                response.get("error") instanceof JsonObject error
                        ? "the client answered with an error: " + MessageReader.shown(error.get("message"))
                        : "the client answered without a result");
    }
}
