package org.ergograph.mcp;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ergograph.observation.Timing;
import org.ergograph.web.JsonText;
import org.jspecify.annotations.Nullable;

/** A request from the moment it is understood until it is answered, once, whoever is first. Thread-safe. */
final class Turn {
    private static final System.Logger LOG = System.getLogger(Turn.class.getName());

    private final Message.Request request;
    private final Era era;
    private final @Nullable LegacySession session;
    private final JsonObject capabilities;
    private final Inbound inbound;
    private final Outlet outlet;
    private final @Nullable JsonValue progressToken;
    private final int logLevel;
    private final long startNanos;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Object lock = new Object();
    /** Apart, since it is held while a message is sent. */
    private final Object progressLock = new Object();

    private final List<Runnable> endActions = new CopyOnWriteArrayList<>();
    private @Nullable List<Runnable> cancelActions;
    private boolean cancelled;
    private double lastProgress = Double.NEGATIVE_INFINITY;
    private @Nullable String newSession;
    private @Nullable Timing timing;

    Turn(
            Message.Request request,
            Era era,
            @Nullable LegacySession session,
            Inbound inbound,
            Outlet outlet,
            long startNanos) {
        this.request = request;
        this.era = era;
        this.session = session;
        this.inbound = inbound;
        this.outlet = outlet;
        this.startNanos = startNanos;
        JsonObject meta = meta();
        this.capabilities = era instanceof ModernEra
                ? Params.optionalObject(meta, ModernEra.CAPABILITIES)
                : session == null ? JsonValue.EMPTY_JSON_OBJECT : session.capabilities();
        JsonValue token = meta.get("progressToken");
        this.progressToken = token instanceof JsonString || token instanceof JsonNumber ? token : null;
        this.logLevel = LogLevels.of(era, meta, session);
    }

    Message.Request request() {
        return request;
    }

    JsonObject params() {
        return request.params();
    }

    JsonObject meta() {
        return request.params().get("_meta") instanceof JsonObject meta ? meta : JsonValue.EMPTY_JSON_OBJECT;
    }

    Era era() {
        return era;
    }

    /** What is kept of the client's session on this node; null if it has none. */
    @Nullable
    LegacySession session() {
        return session;
    }

    JsonObject capabilities() {
        return capabilities;
    }

    @Nullable
    String principal() {
        return inbound.principal();
    }

    /** What the HTTP request says; its headers only until its thread has left it. */
    Inbound inbound() {
        return inbound;
    }

    Outlet outlet() {
        return outlet;
    }

    long startNanos() {
        return startNanos;
    }

    @Nullable
    Timing timing() {
        return timing;
    }

    void timing(@Nullable Timing timing) {
        this.timing = timing;
    }

    /** The id of the session that this request began; null if it began none. */
    @Nullable
    String newSession() {
        return newSession;
    }

    void newSession(String id) {
        newSession = id;
    }

    /** Claims the right to answer: true once only. */
    boolean end() {
        boolean first = ended.compareAndSet(false, true);
        if (first) {
            synchronized (lock) {
                cancelActions = null;
            }
            endActions.forEach(Turn::run);
        }
        return first;
    }

    /** Has the action run at the end, however it comes; at once if that was already. */
    void onEnd(Runnable action) {
        endActions.add(action);
        if (ended.get()) {
            run(action);
        }
    }

    boolean ended() {
        return ended.get();
    }

    boolean cancelled() {
        synchronized (lock) {
            return cancelled;
        }
    }

    /** Runs what was to be run on cancellation. */
    void cancel() {
        List<Runnable> actions;
        synchronized (lock) {
            if (cancelled || ended.get()) {
                return;
            }
            cancelled = true;
            actions = cancelActions == null ? List.of() : cancelActions;
            cancelActions = null;
        }
        actions.forEach(Turn::run);
    }

    void onCancel(Runnable action) {
        synchronized (lock) {
            if (!cancelled) {
                if (!ended.get()) {
                    if (cancelActions == null) {
                        cancelActions = new ArrayList<>(2);
                    }
                    cancelActions.add(action);
                }
                return;
            }
        }
        run(action);
    }

    private static void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "what was to be done at the end of a call failed", e);
        }
    }

    boolean wantsProgress() {
        return progressToken != null && outlet.streams() && !ended.get();
    }

    void progress(double progress, double total, @Nullable String message) {
        if (progressToken == null || !wantsProgress() || !Double.isFinite(progress)) {
            return;
        }
        JsonObjectBuilder params = JsonText.object().add("progressToken", progressToken);
        Numbers.add(params, "progress", progress);
        if (Double.isFinite(total)) {
            Numbers.add(params, "total", total);
        }
        if (message != null) {
            params.add("message", message);
        }
        synchronized (progressLock) {
            if (progress <= lastProgress) {
                return;
            }
            lastProgress = progress;
            outlet.offer(Notifications.text("notifications/progress", params.build()));
        }
    }

    void log(String level, String logger, JsonValue data) {
        if (ended.get() || !outlet.streams() || LogLevels.rank(level) < logLevel) {
            return;
        }
        outlet.send(Notifications.text(
                "notifications/message",
                JsonText.object()
                        .add("level", level)
                        .add("logger", logger)
                        .add("data", data)
                        .build()));
    }
}
