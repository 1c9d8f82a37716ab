package org.ergograph.tool;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A call that the test makes, and cancels when it likes. */
public final class FakeCall implements Call {
    private final String name;
    private final JsonObject arguments;
    private final List<Runnable> actions = new ArrayList<>();
    private final List<Double> told = new CopyOnWriteArrayList<>();
    private boolean cancelled;

    public FakeCall(String name, String arguments) {
        this.name = name;
        try (JsonReader reader = Json.createReader(new StringReader(arguments))) {
            this.arguments = reader.readObject();
        }
    }

    /** The client gives up. */
    public void cancel() {
        List<Runnable> due;
        synchronized (this) {
            cancelled = true;
            due = List.copyOf(actions);
            actions.clear();
        }
        due.forEach(Runnable::run);
    }

    /** The progress that was told, in order. */
    public List<Double> told() {
        return told;
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
        return JsonValue.EMPTY_JSON_OBJECT;
    }

    @Override
    public String protocolVersion() {
        return "2026-07-28";
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
        return null;
    }

    @Override
    public synchronized boolean cancelled() {
        return cancelled;
    }

    @Override
    public void onCancel(Runnable action) {
        synchronized (this) {
            if (!cancelled) {
                actions.add(action);
                return;
            }
        }
        action.run();
    }

    @Override
    public boolean wantsProgress() {
        return true;
    }

    @Override
    public void progress(double progress, double total, @Nullable String message) {
        told.add(progress);
    }

    @Override
    public void log(String level, String logger, JsonValue data) {}
}
