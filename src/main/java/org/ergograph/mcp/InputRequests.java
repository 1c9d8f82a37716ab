package org.ergograph.mcp;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.TreeMap;
import org.ergograph.tool.ProtocolException;
import org.ergograph.web.JsonText;

/** What a client may be asked for, and whether it said that it can be. */
final class InputRequests {
    static final int MAX = 20;
    /** The capability that each question calls for. */
    private static final Map<String, String> CAPABILITIES =
            Map.of("elicitation/create", "elicitation", "sampling/createMessage", "sampling", "roots/list", "roots");

    private InputRequests() {}

    /**
     * @throws Refusal -32021 that names the capabilities which the client would have had to declare
     * @throws IllegalStateException if a tool asks for what there is not
     */
    static void check(JsonObject requests, JsonObject capabilities) {
        if (requests.isEmpty() || requests.size() > MAX) {
            throw new IllegalStateException("a tool asks its client " + requests.size() + " questions");
        }
        Map<String, JsonValue> missing = new TreeMap<>();
        requests.values().forEach(request -> {
            String method = request.asJsonObject().getString("method");
            String capability = CAPABILITIES.get(method);
            if (capability == null) {
                throw new IllegalStateException("a tool asks its client for " + method);
            }
            if (!(capabilities.get(capability) instanceof JsonObject declared)) {
                missing.put(capability, JsonValue.EMPTY_JSON_OBJECT);
            } else if (isByUrl(request.asJsonObject()) && !declared.containsKey("url")) {
                missing.put(
                        capability,
                        JsonText.object()
                                .add("url", JsonValue.EMPTY_JSON_OBJECT)
                                .build());
            }
        });
        if (!missing.isEmpty()) {
            JsonObjectBuilder required = JsonText.object();
            missing.forEach(required::add);
            throw new Refusal(
                    400,
                    Refusal.MISSING_CAPABILITY,
                    "the client has not declared what this request needs: " + String.join(", ", missing.keySet()),
                    JsonText.object().add("requiredCapabilities", required).build());
        }
    }

    private static boolean isByUrl(JsonObject request) {
        return request.get("params") instanceof JsonObject params
                && params.get("mode") instanceof JsonString mode
                && mode.getString().equals("url");
    }

    /** What a client answers, as it repeats its request. */
    static JsonObject responses(JsonObject params) {
        JsonObject responses = Params.optionalObject(params, "inputResponses");
        responses.forEach((key, value) -> {
            if (!(value instanceof JsonObject)) {
                String shown = key.length() > 100 ? key.substring(0, 100) : key;
                throw new ProtocolException(
                        ProtocolException.INVALID_PARAMS,
                        "params.inputResponses." + shown + " is " + MessageReader.shown(value) + ": must be an object");
            }
        });
        return responses;
    }
}
