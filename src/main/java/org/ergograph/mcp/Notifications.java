package org.ergograph.mcp;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import org.ergograph.web.JsonText;

/** The texts of messages that we send of ourselves. */
final class Notifications {
    static final String TOOLS = "notifications/tools/list_changed";
    static final String RESOURCES = "notifications/resources/list_changed";
    static final String PROMPTS = "notifications/prompts/list_changed";
    static final String UPDATED = "notifications/resources/updated";

    private Notifications() {}

    static String text(String method, JsonObject params) {
        return params.isEmpty()
                ? "{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\"}"
                : "{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\",\"params\":" + params + "}";
    }

    /** A question to the client. */
    static String request(String id, String method, JsonValue params) {
        return JsonText.object()
                .add("jsonrpc", "2.0")
                .add("id", id)
                .add("method", method)
                .add("params", params)
                .build()
                .toString();
    }
}
