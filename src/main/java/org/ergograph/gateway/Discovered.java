package org.ergograph.gateway;

import jakarta.json.JsonObject;
import java.util.List;

/**
 * What an upstream server said it offers, as it said it. Immutable.
 *
 * @param capabilities what it says it can do
 * @param ignored how many entries were left out because clients could not have read them
 * @param truncated whether there was more than is taken
 */
record Discovered(
        JsonObject capabilities,
        List<JsonObject> tools,
        List<JsonObject> resources,
        List<JsonObject> templates,
        List<JsonObject> prompts,
        int ignored,
        boolean truncated) {
    Discovered {
        tools = List.copyOf(tools);
        resources = List.copyOf(resources);
        templates = List.copyOf(templates);
        prompts = List.copyOf(prompts);
    }
}
