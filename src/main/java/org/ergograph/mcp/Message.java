package org.ergograph.mcp;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

/** A JSON-RPC message that came in. Immutable. */
sealed interface Message {
    /**
     * Wants an answer.
     *
     * @param id a text or a whole number
     * @param params empty if there are none
     */
    record Request(JsonValue id, String method, JsonObject params) implements Message {}

    /** Wants none. */
    record Notification(String method, JsonObject params) implements Message {}

    /**
     * Answers what we asked the client.
     *
     * @param body has {@code result} or {@code error}
     */
    record Response(String id, JsonObject body) implements Message {}
}
