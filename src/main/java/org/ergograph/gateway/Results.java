package org.ergograph.gateway;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells what an answer of JSON-RPC means. */
final class Results {
    private static final int MAX_TEXT = 500;

    private Results() {}

    /** Whether it answers the request of this number; an error without an id answers what was asked last, so this one. */
    static boolean answers(JsonObject message, long id) {
        if (message.containsKey("method")) {
            return false;
        }
        JsonValue given = message.get("id");
        return given instanceof JsonNumber
                ? id(message) == id
                : (given == null || given == JsonValue.NULL) && message.containsKey("error");
    }

    /** The number of the request that it answers; -1 if that is none of ours. */
    static long id(JsonObject message) {
        return message.get("id") instanceof JsonNumber number && number.isIntegral() ? number.longValue() : -1;
    }

    /** The failure that an error of JSON-RPC is. */
    static UpstreamException failure(JsonObject error) {
        String text = Messages.text(error, "message");
        String said = text == null || text.isBlank() ? "no reason" : text;
        return new UpstreamException(
                UpstreamException.Reason.PROTOCOL,
                "the server answered an error: "
                        + (said.length() > MAX_TEXT ? said.substring(0, MAX_TEXT) + "..." : said),
                error);
    }

    /** The code of an error; 0 if it has none. */
    static int code(@Nullable JsonObject error) {
        return error != null && error.get("code") instanceof JsonNumber number ? number.intValue() : 0;
    }

    /**
     * Settles the request by the answer to it.
     *
     * @param listener hears of what the server asks of its client
     */
    static void settle(PendingRequest pending, JsonObject message, UpstreamListener listener) {
        if (message.get("error") instanceof JsonObject error) {
            pending.fail(failure(error));
            return;
        }
        if (!(message.get("result") instanceof JsonObject result)) {
            pending.fail(protocol("the answer has neither a result nor an error"));
            return;
        }
        String type = Messages.text(result, "resultType");
        if (type == null) {
            pending.succeed(result);
        } else if (type.equals("complete")) {
            pending.succeed(Messages.copy(result).remove("resultType").build());
        } else if (type.equals("input_required")) {
            List<String> methods = new ArrayList<>();
            for (JsonValue wish : Messages.object(result, "inputRequests").values()) {
                String method = wish instanceof JsonObject object ? Messages.text(object, "method") : null;
                methods.add(method == null ? "input" : method);
            }
            methods.forEach(listener::refused);
            pending.fail(protocol("the server asks its client for "
                    + (methods.isEmpty() ? "input" : String.join(", ", methods))
                    + ", which this gateway does not offer"));
        } else {
            pending.fail(protocol("the server answered a kind of result that was not asked for"));
        }
    }

    static UpstreamException protocol(String text) {
        return new UpstreamException(UpstreamException.Reason.PROTOCOL, text);
    }
}
