package org.ergograph.gateway;

import jakarta.json.JsonObject;
import java.time.Duration;
import org.ergograph.observation.Series;
import org.jspecify.annotations.Nullable;

/**
 * Where calls of one sort go: a tool, or the resources or prompts of a server. Immutable.
 *
 * @param offered the name under which it is offered; for messages and the cache
 * @param method of JSON-RPC
 * @param label the tool's name as the server has it, or the method
 * @param repeatable whether a call that may or may not have arrived may be sent again
 * @param ttl how long results are remembered; null if they are not
 * @param shared whether remembered results are for everybody
 */
record Route(
        Link link,
        String offered,
        String method,
        String label,
        boolean repeatable,
        @Nullable Duration ttl,
        boolean shared,
        Series series,
        CallStats stats) {
    /** Says of a tool whether a second call with the same arguments does no harm. */
    static boolean isRepeatable(JsonObject tool) {
        return hint(tool, "readOnlyHint") || hint(tool, "idempotentHint");
    }

    /** Says of a tool whether its results may be remembered, if the operator allows it. */
    static boolean isCacheable(JsonObject tool) {
        return hint(tool, "readOnlyHint") && hint(tool, "idempotentHint");
    }

    private static boolean hint(JsonObject tool, String name) {
        return tool.get("annotations") instanceof JsonObject annotations && annotations.getBoolean(name, false);
    }
}
