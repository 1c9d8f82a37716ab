package org.ergograph.mcp;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.EnumMap;
import java.util.Map;
import org.ergograph.tool.Listing;
import org.ergograph.tool.ProtocolException;
import org.ergograph.web.JsonText;
import org.jspecify.annotations.Nullable;

/** The revision in which every request stands by itself. Immutable. */
final class ModernEra implements Era {
    static final String CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";
    private static final String CLIENT = "io.modelcontextprotocol/clientInfo";
    private static final String SERVER = "io.modelcontextprotocol/serverInfo";
    private static final long SHORT_MILLIS = 5_000;
    private static final long LONG_MILLIS = 300_000;
    /** Where a request names what it is for, by method. */
    private static final Map<String, String> NAMED =
            Map.of("tools/call", "name", "prompts/get", "name", "resources/read", "uri");

    private final JsonObject identity;
    /** What every result has, after the opening brace, by {@link Keeping}. */
    private final Map<Keeping, String> dress = new EnumMap<>(Keeping.class);

    /** @param identity name and version of this server */
    ModernEra(JsonObject identity) {
        this.identity = identity;
        for (Keeping keeping : Keeping.values()) {
            JsonObjectBuilder json = JsonText.object();
            dress(json, keeping).add("_meta", JsonText.object().add(SERVER, identity));
            String text = json.build().toString();
            dress.put(keeping, text.substring(0, text.length() - 1));
        }
    }

    private static JsonObjectBuilder dress(JsonObjectBuilder json, Keeping keeping) {
        json.add("resultType", "complete");
        if (keeping != Keeping.UNSAID) {
            json.add("ttlMs", keeping == Keeping.NOT ? 0 : keeping == Keeping.SHORT ? SHORT_MILLIS : LONG_MILLIS);
            json.add("cacheScope", keeping == Keeping.LONG ? "public" : "private");
        }
        return json;
    }

    @Override
    public String version() {
        return Revisions.MODERN;
    }

    @Override
    public boolean has(String method) {
        return COMMON.contains(method) || method.equals("server/discover") || method.equals("subscriptions/listen");
    }

    @Override
    public void check(Message.Request request, Inbound inbound) {
        String version = inbound.version();
        if (version == null) {
            throw Era.mismatch(Inbound.VERSION, null, META_VERSION, "");
        }
        JsonObject meta = object(request.params(), "_meta", "params._meta");
        JsonValue said = meta.get(META_VERSION);
        if (!(said instanceof JsonString)) {
            throw badParam("params._meta[" + META_VERSION + "]", said, "the protocol version as a text");
        }
        object(meta, CAPABILITIES, "params._meta[" + CAPABILITIES + "]");
        if (meta.containsKey(CLIENT)) {
            object(meta, CLIENT, "params._meta[" + CLIENT + "]");
        }
        String method = inbound.header().apply(Inbound.METHOD);
        if (!request.method().equals(method)) {
            throw Era.mismatch(Inbound.METHOD, method, "method", request.method());
        }
        checkName(request, inbound);
    }

    private static void checkName(Message.Request request, Inbound inbound) {
        String field = NAMED.get(request.method());
        if (field != null && request.params().get(field) instanceof JsonString name) {
            String header = inbound.header().apply(Inbound.NAME);
            if (header == null || !name.getString().equals(HeaderText.decode(header))) {
                throw Era.mismatch(Inbound.NAME, header, "params." + field, name.getString());
            }
        }
    }

    private static JsonObject object(JsonObject parent, String key, String path) {
        JsonValue value = parent.get(key);
        if (value instanceof JsonObject object) {
            return object;
        }
        throw badParam(path, value, "an object");
    }

    private static Refusal badParam(String path, @Nullable JsonValue value, String allowed) {
        return new Refusal(
                400,
                ProtocolException.INVALID_PARAMS,
                path + " is " + MessageReader.shown(value) + ": must be " + allowed);
    }

    @Override
    public String list(String field, Listing.Page page) {
        return dress.get(Keeping.SHORT) + ",\"" + field + "\":" + page.json() + LegacyEra.next(page) + "}";
    }

    @Override
    public String result(JsonObject result, Keeping keeping) {
        if (result.isEmpty()) {
            return dress.get(keeping) + "}";
        }
        if (!result.containsKey("_meta")
                && !result.containsKey("resultType")
                && !result.containsKey("ttlMs")
                && !result.containsKey("cacheScope")) {
            return dress.get(keeping) + "," + result.toString().substring(1);
        }
        return merged(result, keeping).toString();
    }

    /** A result that has some of it already: what it says of keeping and in {@code _meta} stays. */
    private JsonObject merged(JsonObject result, Keeping keeping) {
        JsonObjectBuilder json = dress(JsonText.object(), keeping);
        result.forEach((key, value) -> {
            boolean ours = key.equals("resultType")
                    || key.equals("_meta")
                    || (keeping == Keeping.UNSAID && (key.equals("ttlMs") || key.equals("cacheScope")));
            if (!ours) {
                json.add(key, value);
            }
        });
        JsonObjectBuilder meta = JsonText.object();
        if (result.get("_meta") instanceof JsonObject given) {
            given.forEach(meta::add);
        }
        return json.add("_meta", meta.add(SERVER, identity)).build();
    }

    /** A result that asks the client for something first. */
    static String inputRequired(JsonObject inputRequests, @Nullable String requestState) {
        JsonObjectBuilder json =
                JsonText.object().add("resultType", "input_required").add("inputRequests", inputRequests);
        if (requestState != null) {
            json.add("requestState", requestState);
        }
        return json.build().toString();
    }
}
