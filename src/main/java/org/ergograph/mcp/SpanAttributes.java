package org.ergograph.mcp;

import jakarta.json.JsonString;
import org.ergograph.observation.Timing;
import org.jspecify.annotations.Nullable;

/** What only the span of a request tells, by the names of OpenTelemetry's conventions for MCP. */
final class SpanAttributes {
    private SpanAttributes() {}

    /** @param session null where the client has none */
    static void describe(Timing timing, Message.Request request, String version, @Nullable String session) {
        timing.attribute(
                "jsonrpc.request.id",
                request.id() instanceof JsonString id
                        ? id.getString()
                        : request.id().toString());
        timing.attribute("mcp.protocol.version", version);
        switch (request.method()) {
            case "tools/call" -> parameter(timing, "gen_ai.tool.name", request, "name");
            case "prompts/get" -> parameter(timing, "gen_ai.prompt.name", request, "name");
            case "resources/read", "resources/subscribe", "resources/unsubscribe" ->
                parameter(timing, "mcp.resource.uri", request, "uri");
            default -> {}
        }
        if (session != null) {
            timing.attribute("mcp.session.id", session);
        }
    }

    private static void parameter(Timing timing, String attribute, Message.Request request, String name) {
        if (request.params().get(name) instanceof JsonString value) {
            timing.attribute(attribute, value.getString());
        }
    }

    /** @param errorType a code of JSON-RPC, or a word that is none */
    static void failed(Timing timing, String errorType) {
        if (errorType.startsWith("-")) {
            timing.attribute("rpc.response.status_code", errorType);
        }
    }
}
