package org.ergograph.gateway;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ergograph.tool.Call;
import org.jspecify.annotations.Nullable;

/** A request that a client might have made. Thread-safe. */
final class FakeCall implements Call {
    private final String name;
    private final JsonObject arguments;
    JsonObject meta = JsonValue.EMPTY_JSON_OBJECT;

    @Nullable
    String principal;

    boolean wantsProgress;
    volatile boolean cancelled;
    final List<String> progress = new CopyOnWriteArrayList<>();
    private final List<Runnable> onCancel = new CopyOnWriteArrayList<>();

    FakeCall(String name, String arguments) {
        this.name = name;
        this.arguments = Texts.json(arguments);
    }

    FakeCall of(@Nullable String who) {
        principal = who;
        return this;
    }

    void cancel() {
        cancelled = true;
        onCancel.forEach(Runnable::run);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public JsonObject arguments() {
        return arguments;
    }

    @Override
    public JsonObject meta() {
        return meta;
    }

    @Override
    public String protocolVersion() {
        return "2025-11-25";
    }

    @Override
    public JsonObject clientCapabilities() {
        return JsonValue.EMPTY_JSON_OBJECT;
    }

    @Override
    public JsonObject inputResponses() {
        return JsonValue.EMPTY_JSON_OBJECT;
    }

    @Override
    public @Nullable String requestState() {
        return null;
    }

    @Override
    public @Nullable String principal() {
        return principal;
    }

    @Override
    public boolean cancelled() {
        return cancelled;
    }

    @Override
    public void onCancel(Runnable action) {
        onCancel.add(action);
        if (cancelled) {
            action.run();
        }
    }

    @Override
    public boolean wantsProgress() {
        return wantsProgress;
    }

    @Override
    public void progress(double done, double total, @Nullable String message) {
        progress.add(done + "/" + total + " " + message);
    }

    @Override
    public void log(String level, String logger, JsonValue data) {}
}
