package org.ergograph.notify.delivery;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import org.ergograph.web.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to send a message. Immutable.
 *
 * @param number from 1
 * @param node that made it
 * @param endedAt null if its end is not known
 * @param result {@link #SENDING}, {@link #UNKNOWN}, {@code sent}, {@code failed} or {@code refused}
 */
record Attempt(
        String message,
        int number,
        String node,
        Instant beganAt,
        @Nullable Instant endedAt,
        String result,
        String detail) {
    static final String SENDING = "sending";
    /** The node ended before it could say. */
    static final String UNKNOWN = "unknown";

    JsonObject json() {
        JsonObjectBuilder json =
                JsonText.object().add("number", number).add("node", node).add("beganAt", beganAt.toString());
        if (endedAt == null) {
            json.addNull("endedAt");
        } else {
            json.add("endedAt", endedAt.toString());
        }
        return json.add("result", result).add("detail", detail).build();
    }
}
