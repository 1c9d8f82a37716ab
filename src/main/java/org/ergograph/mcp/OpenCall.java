package org.ergograph.mcp;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import org.ergograph.tool.Call;
import org.jspecify.annotations.Nullable;

/** A call on behalf of a request; one request may need several, when its client is asked in between. Thread-safe. */
record OpenCall(
        Turn turn,
        String name,
        JsonObject arguments,
        JsonObject inputResponses,
        @Nullable String requestState) implements Call {

    /** The next call, with what the client answered. */
    OpenCall again(JsonObject answers, @Nullable String state) {
        return new OpenCall(turn, name, arguments, answers, state);
    }

    @Override
    public JsonObject meta() {
        return turn.meta();
    }

    @Override
    public String protocolVersion() {
        return turn.era().version();
    }

    @Override
    public JsonObject clientCapabilities() {
        return turn.capabilities();
    }

    @Override
    public @Nullable String principal() {
        return turn.principal();
    }

    @Override
    public boolean cancelled() {
        return turn.cancelled();
    }

    @Override
    public void onCancel(Runnable action) {
        turn.onCancel(action);
    }

    @Override
    public boolean wantsProgress() {
        return turn.wantsProgress();
    }

    @Override
    public void progress(double progress, double total, @Nullable String message) {
        turn.progress(progress, total, message);
    }

    @Override
    public void log(String level, String logger, JsonValue data) {
        turn.log(level, logger, data);
    }
}
