package org.ergograph.gateway;

import jakarta.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code initialize} has agreed. Immutable.
 *
 * @param id of the session over HTTP; null if the server keeps none
 */
record Session(@Nullable String id, Revision revision, String version, JsonObject capabilities) {
    /** The headers of every request within it. */
    Map<String, String> headers(String method, String traceparent) {
        Map<String, String> headers = new HashMap<>(revision.headers(method, traceparent));
        if (id != null) {
            headers.put("Mcp-Session-Id", id);
        }
        return headers;
    }
}
