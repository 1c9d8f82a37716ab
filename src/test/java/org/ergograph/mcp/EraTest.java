package org.ergograph.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.ergograph.mcp.Era.Keeping;
import org.ergograph.tool.Listing;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EraTest {
    private static final ModernEra MODERN = new ModernEra(McpServer.json("{\"name\":\"ergograph\",\"version\":\"1\"}"));
    private static final Map<String, Era> ERAS = eras();

    private static Map<String, Era> eras() {
        Map<String, Era> eras = new HashMap<>();
        eras.put(Revisions.MODERN, MODERN);
        Revisions.LEGACY.forEach(version -> eras.put(version, new LegacyEra(version)));
        return eras;
    }

    private static Message.Request request(String method, String params) {
        String text = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}";
        return (Message.Request) MessageReader.message(MessageReader.parse(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Inbound inbound(@Nullable String version, Map<String, String> headers) {
        return new Inbound(version, null, true, true, headers::get, null, 0);
    }

    private static String meta(String more) {
        return "{" + more + "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                + "\"io.modelcontextprotocol/clientCapabilities\":{}}}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "2026-07-28 | tools/list      | {}                                 | -          | 2026-07-28",
                "2025-06-18 | tools/list      | {}                                 | -          | 2025-06-18",
                "-          | tools/list      | {}                                 | -          | 2025-03-26",
                "-          | tools/list      | {}                                 | 2025-11-25 | 2025-11-25",
                "-          | initialize      | {\"protocolVersion\":\"2025-06-18\"} | -        | 2025-06-18",
                "-          | initialize      | {\"protocolVersion\":\"2030-01-01\"} | -        | 2025-11-25",
                "-          | initialize      | {\"protocolVersion\":\"2026-07-28\"} | -        | 2025-11-25",
                "-          | initialize      | {\"protocolVersion\":7}            | -          | 2025-11-25",
                "-          | server/discover | {}                                 | -          | 2026-07-28",
                "2026-07-28 | initialize      | {}                                 | -          | 2026-07-28"
            })
    void eraIsThatOfTheHeaderElseWhatTheMessageTells(
            @Nullable String header, String method, String params, @Nullable String known, String expected) {
        Era era = Era.of(request(method, params), inbound(header, Map.of()), known, ERAS);
        assertThat(era.version()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"2025-11-25, -32020", "v999, -32020"})
    void headerThatDiffersFromTheBodyIsRefused(String header, int code) {
        assertThatThrownBy(() -> Era.of(request("tools/list", meta("")), inbound(header, Map.of()), null, ERAS))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(code);
                    assertThat(refusal.status()).isEqualTo(400);
                });
    }

    @Test
    void unknownVersionIsToldWhichThereAre() {
        assertThatThrownBy(() -> Era.of(request("tools/list", "{}"), inbound("v9", Map.of()), null, ERAS))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(-32022);
                    assertThat(String.valueOf(refusal.data())).contains("2026-07-28", "2025-03-26", "\"v9\"");
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tools/list | -      | -32020",
                "TOOLS/LIST | -      | -32020",
                "tools/call | -      | -32020",
                "tools/call | other  | -32020",
                "tools/call | Named  | -32020",
                "tools/call | named  | 0",
                "tools/call | =?base64?bmFtZWQ=?= | 0",
                "tools/call | =?base64?bmFtZWQ?=  | -32020"
            })
    void modernHeadersMustSayWhatTheBodySays(String method, String name, int code) {
        Map<String, String> headers = new HashMap<>(Map.of("Mcp-Method", method));
        if (!name.equals("-")) {
            headers.put("Mcp-Name", name);
        }
        int found = 0;
        try {
            MODERN.check(request("tools/call", meta("\"name\":\"named\",")), inbound("2026-07-28", headers));
        } catch (Refusal e) {
            found = e.code();
        }
        assertThat(found).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}",
                "{\"_meta\":7}",
                "{\"_meta\":{\"io.modelcontextprotocol/clientCapabilities\":{}}}",
                "{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"}}",
                "{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":7,\"io.modelcontextprotocol/clientCapabilities\":{}}}"
            })
    void modernRequestMustSayWhatItsClientIs(String params) {
        assertThatThrownBy(() -> MODERN.check(
                        request("tools/list", params), inbound("2026-07-28", Map.of("Mcp-Method", "tools/list"))))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(-32602);
                    assertThat(refusal.status()).isEqualTo(400);
                    assertThat(refusal.getMessage()).contains("params._meta");
                });
    }

    @Test
    void modernResultsSayWhatTheyAre() {
        JsonObject plain = McpServer.json(MODERN.result(McpServer.json("{\"content\":[]}"), Keeping.UNSAID));
        assertThat(plain.getString("resultType")).isEqualTo("complete");
        assertThat(plain.getJsonObject("_meta")).containsKey("io.modelcontextprotocol/serverInfo");
        assertThat(plain).doesNotContainKey("ttlMs").containsKey("content");
        JsonObject read = McpServer.json(MODERN.result(McpServer.json("{}"), Keeping.NOT));
        assertThat(read.getInt("ttlMs")).isZero();
        assertThat(read.getString("cacheScope")).isEqualTo("private");
    }

    @Test
    void whatAResultSaysOfItselfStaysButForItsType() {
        String given = """
                {"resultType":"odd","ttlMs":5,"cacheScope":"public","_meta":{"a":1},"contents":[]}""";
        JsonObject read = McpServer.json(MODERN.result(McpServer.json(given), Keeping.NOT));
        assertThat(read.getString("resultType")).isEqualTo("complete");
        assertThat(read.getInt("ttlMs")).isEqualTo(5);
        assertThat(read.getString("cacheScope")).isEqualTo("public");
        assertThat(read.getJsonObject("_meta").keySet())
                .containsExactlyInAnyOrder("a", "io.modelcontextprotocol/serverInfo");
        JsonObject call = McpServer.json(MODERN.result(McpServer.json(given), Keeping.UNSAID));
        assertThat(call).doesNotContainKeys("ttlMs", "cacheScope");
    }

    @Test
    void listsHaveTheirCursorAndLegacyOnesNothingElse() {
        Listing.Page page = new Listing.Page("[1]", "a\"b");
        assertThat(new LegacyEra("2025-06-18").list("tools", page))
                .isEqualTo("{\"tools\":[1],\"nextCursor\":\"a\\\"b\"}");
        JsonObject modern = McpServer.json(MODERN.list("tools", page));
        assertThat(modern.getString("nextCursor")).isEqualTo("a\"b");
        assertThat(modern.getInt("ttlMs")).isPositive();
        assertThat(McpServer.json(MODERN.list("tools", new Listing.Page("[]", null))))
                .doesNotContainKey("nextCursor");
    }
}
