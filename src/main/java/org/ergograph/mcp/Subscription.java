package org.ergograph.mcp;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.ergograph.tool.ProtocolException;
import org.ergograph.web.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants to hear of on an open stream, and in which form. Immutable, but for the stream.
 *
 * @param id what every message names as its subscription; null in legacy revisions
 * @param resource says whether updates of a resource are wanted
 */
record Subscription(
        @Nullable JsonValue id, boolean tools, boolean resources, boolean prompts, Predicate<String> resource) {
    private static final String META_ID = "io.modelcontextprotocol/subscriptionId";
    private static final int MAX_RESOURCES = 1000;

    /** Of a legacy client: every list, and the resources of its session. */
    static Subscription legacy(@Nullable LegacySession session) {
        return new Subscription(null, true, true, true, uri -> session != null && session.watches(uri));
    }

    /** A modern client's, and the text of its acknowledgement. */
    record Asked(Subscription subscription, String acknowledged) {}

    /** @throws ProtocolException -32602 that names the field at fault */
    static Asked of(Message.Request request) {
        JsonObject wanted = Params.object(request.params(), "notifications");
        JsonObjectBuilder honoured = JsonText.object();
        boolean tools = flag(wanted, "toolsListChanged", honoured);
        boolean resources = flag(wanted, "resourcesListChanged", honoured);
        boolean prompts = flag(wanted, "promptsListChanged", honoured);
        Set<String> uris = uris(wanted, honoured);
        Subscription subscription = new Subscription(request.id(), tools, resources, prompts, uris::contains);
        return new Asked(
                subscription,
                subscription.message(
                        "notifications/subscriptions/acknowledged",
                        JsonText.object().add("notifications", honoured)));
    }

    private static boolean flag(JsonObject wanted, String field, JsonObjectBuilder honoured) {
        JsonValue value = wanted.get(field);
        if (value == null || value.getValueType() == JsonValue.ValueType.FALSE) {
            return false;
        }
        if (value.getValueType() != JsonValue.ValueType.TRUE) {
            throw Params.bad("notifications." + field, value, "true or false");
        }
        honoured.add(field, true);
        return true;
    }

    private static Set<String> uris(JsonObject wanted, JsonObjectBuilder honoured) {
        String field = "resourceSubscriptions";
        JsonValue value = wanted.get(field);
        Set<String> uris = new LinkedHashSet<>();
        if (value == null) {
            return uris;
        }
        String allowed = "an array of at most " + MAX_RESOURCES + " texts";
        if (value.getValueType() != JsonValue.ValueType.ARRAY
                || value.asJsonArray().size() > MAX_RESOURCES) {
            throw Params.bad("notifications." + field, value, allowed);
        }
        JsonArrayBuilder list = JsonText.array();
        value.asJsonArray().forEach(item -> {
            if (!(item instanceof JsonString uri)) {
                throw Params.bad("notifications." + field, item, allowed);
            }
            uris.add(uri.getString());
            list.add(uri);
        });
        honoured.add(field, list);
        return uris;
    }

    /** A notification in the form that this client wants. */
    String message(String method, JsonObjectBuilder params) {
        if (id != null) {
            params.add("_meta", JsonText.object().add(META_ID, id));
        }
        return Notifications.text(method, params.build());
    }

    /** The last message of a stream that the server ends; null where there is none. */
    @Nullable
    String ended() {
        return id == null
                ? null
                : Reply.of("{\"resultType\":\"complete\",\"_meta\":{\"" + META_ID + "\":" + id + "}}")
                        .text(id);
    }
}
