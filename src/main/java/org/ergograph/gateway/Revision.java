package org.ergograph.gateway;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ergograph.observation.NodeIdentity;
import org.ergograph.web.JsonText;

/** What a revision of the protocol adds to each request. Immutable. */
final class Revision {
    static final String MODERN = "2026-07-28";
    /** Those that begin with {@code initialize}, the newest first. */
    static final List<String> LEGACY = List.of("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05");

    private static final String OWN = "io.modelcontextprotocol/";

    private final String version;
    private final JsonObject client;

    Revision(String version, NodeIdentity node) {
        this.version = version;
        this.client = client(node);
    }

    /** Who asks. */
    static JsonObject client(NodeIdentity node) {
        return JsonText.object()
                .add("name", "ergograph")
                .add("version", node.version())
                .build();
    }

    boolean modern() {
        return version.equals(MODERN);
    }

    /** The parameters as they are sent: what is the caller's in {@code _meta} is kept, what is the transport's is ours. */
    JsonObject params(UpstreamRequest request, long token) {
        JsonObjectBuilder meta = JsonText.object();
        Messages.object(request.params(), "_meta").forEach((key, value) -> {
            if (!key.startsWith(OWN) && !key.equals("progressToken") && !key.equals("traceparent")) {
                meta.add(key, value);
            }
        });
        if (request.progress() != null) {
            meta.add("progressToken", token);
        }
        if (!request.traceparent().isEmpty()) {
            meta.add("traceparent", request.traceparent());
        }
        if (modern()) {
            meta.add(OWN + "protocolVersion", version)
                    .add(OWN + "clientInfo", client)
                    .add(OWN + "clientCapabilities", JsonValue.EMPTY_JSON_OBJECT);
        }
        JsonObject whole = meta.build();
        JsonObjectBuilder params = Messages.copy(request.params());
        return (whole.isEmpty() ? params.remove("_meta") : params.add("_meta", whole)).build();
    }

    /** The headers of HTTP that go with a message. */
    Map<String, String> headers(String method, String traceparent) {
        Map<String, String> headers = new HashMap<>();
        headers.put("MCP-Protocol-Version", version);
        if (modern()) {
            headers.put("Mcp-Method", method);
        }
        if (!traceparent.isEmpty()) {
            headers.put("traceparent", traceparent);
        }
        return headers;
    }
}
