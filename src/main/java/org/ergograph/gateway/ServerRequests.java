package org.ergograph.gateway;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import org.ergograph.web.JsonText;
import org.jspecify.annotations.Nullable;

/** Answers what servers ask of their clients: a ping is answered, all else refused. Thread-safe. */
final class ServerRequests {
    private final UpstreamListener listener;

    ServerRequests(UpstreamListener listener) {
        this.listener = listener;
    }

    /** The answer to a message; null if it is no request. */
    @Nullable
    JsonObject answer(JsonObject message) {
        String method = Messages.text(message, "method");
        JsonValue id = message.get("id");
        if (method == null || id == null) {
            return null;
        }
        if (method.equals("ping")) {
            return Messages.result(id, JsonValue.EMPTY_JSON_OBJECT);
        }
        listener.refused(method);
        return Messages.error(id, Messages.METHOD_NOT_FOUND, "this client does not offer that");
    }

    /** The notification that nobody wants the answer any more. */
    static JsonObject cancelled(long id) {
        return Messages.notification(
                "notifications/cancelled",
                JsonText.object()
                        .add("requestId", id)
                        .add("reason", "nobody wants the answer any more")
                        .build());
    }
}
