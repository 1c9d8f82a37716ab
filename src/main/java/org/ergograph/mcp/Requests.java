package org.ergograph.mcp;

import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.ergograph.tool.ProtocolException;
import org.jspecify.annotations.Nullable;

/** Takes requests through: measured, answered once, bounded in number and time, and cancelled when nobody waits. Thread-safe. */
final class Requests {
    /** Nobody gets this but a client that said it does not want it. */
    private static final int CANCELLED = -32800;

    private final Methods methods;
    private final Measuring measuring;
    private final Executor executor;
    private final McpSettings settings;
    private final Set<Turn> open = ConcurrentHashMap.newKeySet();
    private final Map<String, Turn> cancellable = new ConcurrentHashMap<>();

    Requests(Methods methods, Measuring measuring, Executor executor, McpSettings settings) {
        this.methods = methods;
        this.measuring = measuring;
        this.executor = executor;
        this.settings = settings;
    }

    /** How many wait for their result. */
    int open() {
        return open.size();
    }

    Measuring measuring() {
        return measuring;
    }

    /** Answers a request, on its own thread if the result is there when the work returns. */
    void take(Turn turn) {
        turn.timing(measuring.start(
                turn.request().method(), turn.meta(), turn.inbound().bytes()));
        measuring.understood(turn.timing(), turn);
        CompletableFuture<Reply> reply = methods.handle(turn).toCompletableFuture();
        if (reply.isDone() && turn.outlet().immediate()) {
            finish(turn, reply.join(), false);
        } else if (open.size() >= settings.maxCalls() && !reply.isDone()) {
            turn.cancel();
            finish(turn, overloaded(), false);
        } else {
            leave(turn, reply);
        }
    }

    private Reply overloaded() {
        return Reply.error(
                503,
                ProtocolException.INTERNAL_ERROR,
                "more than " + settings.maxCalls() + " requests wait for their result: try again later",
                null);
    }

    private void leave(Turn turn, CompletionStage<Reply> reply) {
        // In this order: once it is among the open ones, any thread may end it.
        measuring.detach(turn.timing());
        turn.outlet().leave();
        String key = key(turn.session(), turn.request().id());
        open.add(turn);
        if (key != null) {
            cancellable.put(key, turn);
        }
        turn.onEnd(() -> {
            open.remove(turn);
            if (key != null) {
                cancellable.remove(key, turn);
            }
        });
        reply.whenComplete((result, failure) -> {
            // Not on the thread that brought the result: it may have other calls to serve.
            try {
                executor.execute(() -> finish(turn, result, true));
            } catch (RejectedExecutionException e) {
                finish(turn, result, true);
            }
        });
    }

    private void finish(Turn turn, Reply reply, boolean left) {
        if (turn.end()) {
            String text = reply.text(turn.request().id());
            turn.outlet()
                    .answer(
                            reply.status(),
                            text,
                            turn.newSession(),
                            bytes -> measuring.stop(turn.timing(), reply.errorType(), bytes, left));
        }
    }

    /** Gives up a request whose client has gone. */
    void abandon(Turn turn) {
        cancel(turn, "cancelled");
    }

    private void cancel(Turn turn, String errorType) {
        turn.cancel();
        finish(
                turn,
                new Reply(200, Reply.error(200, CANCELLED, "cancelled", null).member(), errorType),
                true);
    }

    /** Takes {@code notifications/cancelled}. */
    void cancelled(@Nullable LegacySession session, @Nullable JsonValue id) {
        String key = id == null ? null : key(session, id);
        Turn turn = key == null ? null : cancellable.get(key);
        if (turn != null && !turn.request().method().equals("initialize")) {
            cancel(turn, "cancelled");
        }
    }

    private static @Nullable String key(@Nullable LegacySession session, JsonValue id) {
        return session == null || !(id instanceof JsonString || id instanceof JsonNumber)
                ? null
                : session.id() + " " + id;
    }

    /** Ends what takes too long, and keeps streams alive. */
    void tick(long nowNanos) {
        long limit = settings.callTimeout().toNanos();
        open.forEach(turn -> {
            if (nowNanos - turn.startNanos() > limit) {
                turn.cancel();
                Reply late = Reply.error(
                        200, ProtocolException.INTERNAL_ERROR, "no result within " + settings.callTimeout(), null);
                finish(turn, new Reply(200, late.member(), "timeout"), true);
            } else {
                turn.outlet().tick(nowNanos);
            }
        });
    }

    /** Ends them all. */
    void closeAll() {
        open.forEach(turn -> {
            turn.cancel();
            finish(
                    turn,
                    Reply.error(503, ProtocolException.INTERNAL_ERROR, "this server is shutting down", null),
                    true);
        });
    }
}
