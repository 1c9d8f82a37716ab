package org.ergograph.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.Map;
import org.ergograph.observation.Kind;
import org.ergograph.observation.Timing;
import org.junit.jupiter.api.Test;

class SpanAttributesTest {
    private final Timing timing = new Timing(Kind.MCP, null, 0, true, false, 1, 2, null);

    private static Message.Request request(String method, JsonObject params) {
        return new Message.Request(Json.createValue(7), method, params);
    }

    private static JsonObject params(String name, String value) {
        return Json.createObjectBuilder().add(name, value).build();
    }

    @Test
    void aCallNamesItsTool() {
        SpanAttributes.describe(timing, request("tools/call", params("name", "search")), "2026-07-28", null);
        assertThat(timing.attributes())
                .isEqualTo(Map.of(
                        "jsonrpc.request.id", "7", "mcp.protocol.version", "2026-07-28", "gen_ai.tool.name", "search"));
    }

    @Test
    void aPromptAndAResourceAreNamedAndSoIsTheSession() {
        SpanAttributes.describe(timing, request("prompts/get", params("name", "greet")), "2025-11-25", "s1");
        SpanAttributes.describe(timing, request("resources/read", params("uri", "test://x")), "2025-11-25", "s1");
        assertThat(timing.attributes())
                .containsEntry("gen_ai.prompt.name", "greet")
                .containsEntry("mcp.resource.uri", "test://x")
                .containsEntry("mcp.session.id", "s1");
    }

    @Test
    void whatHasNoNameIsNotNamed() {
        SpanAttributes.describe(timing, request("tools/list", params("name", "x")), "2025-11-25", null);
        SpanAttributes.describe(
                timing,
                request("tools/call", Json.createObjectBuilder().add("name", 1).build()),
                "",
                null);
        assertThat(timing.attributes()).doesNotContainKey("gen_ai.tool.name");
    }

    @Test
    void onlyACodeOfJsonRpcIsAStatusCode() {
        SpanAttributes.failed(timing, "timeout");
        assertThat(timing.attributes()).isEmpty();
        SpanAttributes.failed(timing, "-32602");
        assertThat(timing.attributes()).isEqualTo(Map.of("rpc.response.status_code", "-32602"));
    }
}
