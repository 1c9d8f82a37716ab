package org.ergograph.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that send what they should not get clear errors, and take neither memory nor time. */
class McpHostileIT extends McpEndpoint {
    private static final int CROWD = 200;

    static Stream<Arguments> broken() {
        String call = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":";
        return Stream.of(
                arguments("nothing", "", -32700),
                arguments("a word", "hello", -32700),
                arguments("half an object", call, -32700),
                arguments("a comma too many", call + "{},}", -32700),
                arguments("something after the end", call + "{}} {}", -32700),
                arguments("a key twice", "{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":2,\"method\":\"ping\"}", -32700),
                arguments("a key twice within", call + "{\"name\":\"a\",\"name\":\"fixture_wait\"}}", -32700),
                arguments("no number", call + "{\"name\":NaN}}", -32700),
                arguments("a raw control character", call + "{\"name\":\"a\u0001\"}}", -32700),
                arguments("100,000 lists in one another", "[".repeat(100_000), 0),
                arguments("100,000 objects in one another", "{\"a\":".repeat(100_000), 0),
                arguments(
                        "arguments 100,000 levels deep",
                        call + "{\"name\":\"fixture_wait\",\"arguments\":{\"a\":" + "[".repeat(100_000)
                                + "]".repeat(100_000) + "}}}",
                        0),
                arguments("a number", "7", -32600),
                arguments("null", "null", -32600),
                arguments("another version", "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"tools/list\"}", -32600),
                arguments("a method that is a number", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}", -32600),
                arguments(
                        "an id that is an object", "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"tools/list\"}", -32600),
                arguments(
                        "an id of 100,000 digits",
                        "{\"jsonrpc\":\"2.0\",\"id\":" + "9".repeat(100_000) + ",\"method\":\"tools/list\"}",
                        0),
                arguments(
                        "an id with a huge exponent",
                        "{\"jsonrpc\":\"2.0\",\"id\":1e999999999,\"method\":\"tools/list\"}",
                        0),
                arguments(
                        "a method of a megabyte",
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + "m".repeat(1_000_000) + "\"}",
                        0),
                arguments("params that are a list", call + "[]}", 0));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void brokenMessageIsAClearError(String fact, String body, int code) throws Exception {
        for (String revision : List.of(McpCaller.MODERN, McpCaller.LEGACY)) {
            assertClear(
                    caller(revision).post(body.getBytes(StandardCharsets.UTF_8), "tools/call", "fixture_wait"), code);
        }
        assertWell();
    }

    @Test
    void badUtf8IsAClearError() throws Exception {
        byte[] body = caller(McpCaller.LEGACY)
                .message(
                        "tools/call",
                        Json.createObjectBuilder().add("name", "?").build())
                .getBytes(StandardCharsets.US_ASCII);
        for (int[] bad : new int[][] {{0xff}, {0xc0, 0x80}, {0xed, 0xa0, 0x80}, {0xf5, 0x80, 0x80, 0x80}}) {
            String text = new String(body, StandardCharsets.ISO_8859_1);
            StringBuilder octets = new StringBuilder();
            for (int octet : bad) {
                octets.append((char) octet);
            }
            byte[] broken = text.replace("?", octets).getBytes(StandardCharsets.ISO_8859_1);
            assertClear(caller(McpCaller.LEGACY).post(broken, "tools/call", "x"), -32700);
        }
        assertWell();
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                arguments("an unknown tool", "no_such_tool", "{}"),
                arguments("a tool's name of a megabyte", "x".repeat(1_000_000), "{}"),
                arguments("a word for a number", "fixture_wait", "{\"seconds\":\"soon\"}"),
                arguments("nothing", "fixture_wait", "{}"),
                arguments("null", "fixture_wait", "{\"seconds\":null}"),
                arguments("a list", "fixture_wait", "[]"),
                arguments("a text", "fixture_wait", "\"seconds\""),
                arguments("an argument too many", "fixture_wait", "{\"seconds\":0,\"more\":1}"),
                arguments("a fraction for a whole number", "fixture_wait", "{\"seconds\":0,\"whole\":0.5}"),
                arguments("less than there is", "fixture_wait", "{\"seconds\":-1e-320}"),
                arguments("a huge exponent", "fixture_wait", "{\"seconds\":1e999999999}"),
                arguments(
                        "a huge exponent for a whole number", "fixture_wait", "{\"seconds\":0,\"whole\":1e999999999}"),
                arguments(
                        "a tiny exponent for a whole number", "fixture_wait", "{\"seconds\":0,\"whole\":1e-999999999}"),
                arguments("100,000 digits", "fixture_wait", "{\"seconds\":0,\"whole\":" + "9".repeat(100_000) + "}"),
                arguments(
                        "100,000 decimals", "fixture_wait", "{\"seconds\":0,\"whole\":0." + "1".repeat(100_000) + "}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void wrongCallIsAClearErrorAtOnce(String fact, String tool, String arguments) throws Exception {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                + "\",\"arguments\":" + arguments + "}}";
        long start = System.nanoTime();
        HttpResponse<String> answer =
                caller(McpCaller.LEGACY).post(body.getBytes(StandardCharsets.UTF_8), "tools/call", "");
        assertThat((System.nanoTime() - start) / 1e9).as("seconds").isLessThan(10);
        assertThat(answer.statusCode()).isLessThan(500);
        JsonObject message = McpCaller.answer(answer);
        boolean refused =
                message.containsKey("error") || message.getJsonObject("result").getBoolean("isError", false);
        assertThat(refused).as(shortened(answer.body())).isTrue();
        assertTellsNothing(answer.body());
        assertWell();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bodyOfAHundredMegabytesIsRefusedAndHeldByNobody(boolean announced) throws Exception {
        crowd(CROWD);
        Held before = held();
        long whole = 100 * MEGABYTE;
        byte[] part = new byte[64 * 1024];
        Arrays.fill(part, (byte) ' ');
        byte[] chunk = chunk(part);
        long sent = 0;
        int status = 0;
        HttpRequest request = caller(McpCaller.LEGACY)
                .request("tools/call", "")
                .POST(BodyPublishers.noBody())
                .build();
        try (RawConnection connection = new RawConnection(server.base(), 0)) {
            connection.head(request, announced ? whole : -1);
            while (sent < whole && !connection.answered()) {
                connection.send(announced ? part : chunk);
                sent += part.length;
            }
            status = connection.status();
        }
        System.out.printf(
                Locale.ROOT,
                "%s: 100 MB %s: %d after %d KB%n",
                server.name(),
                announced ? "announced" : "in chunks",
                status,
                sent / 1024);
        assertThat(status).isEqualTo(413);

        // Ten clients at once that do not care for the answer.
        List<RawConnection> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 10; i++) {
                RawConnection client = new RawConnection(server.base(), 0);
                clients.add(client);
                client.head(request, announced ? whole : -1);
            }
            for (long i = 0; i < whole; i += part.length) {
                for (RawConnection client : clients) {
                    try {
                        client.send(announced ? part : chunk);
                    } catch (IOException e) {
                        // The server may well hang up.
                        client.close();
                    }
                }
            }
        } finally {
            for (RawConnection client : clients) {
                client.close();
            }
        }
        System.out.printf("%s: before %s%n", server.name(), before);
        assertBack(before);
    }

    private static byte[] chunk(byte[] part) {
        byte[] size = (Integer.toHexString(part.length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] chunk = Arrays.copyOf(size, size.length + part.length + 2);
        System.arraycopy(part, 0, chunk, size.length, part.length);
        chunk[chunk.length - 2] = '\r';
        chunk[chunk.length - 1] = '\n';
        return chunk;
    }

    /** @param code that the error must have; 0 if any will do */
    private static void assertClear(HttpResponse<String> answer, int code) {
        assertThat(answer.statusCode()).as(shortened(answer.body())).isBetween(400, 499);
        JsonObject message = org.ergograph.it.Json.object(answer.body());
        assertThat(message.getString("jsonrpc")).isEqualTo("2.0");
        JsonObject error = message.getJsonObject("error");
        if (code != 0) {
            assertThat(error.getInt("code")).as(error.toString()).isEqualTo(code);
        }
        assertThat(error.getString("message")).isNotBlank().hasSizeLessThan(500);
        assertTellsNothing(answer.body());
    }

    private static void assertTellsNothing(String body) {
        assertThat(body)
                .doesNotContain("Exception")
                .doesNotContain("org.ergograph")
                .doesNotContain("\tat ");
        assertThat(body.length()).isLessThan(5_000);
    }

    private static String shortened(String text) {
        return text.length() > 500 ? text.substring(0, 500) + "..." : text;
    }
}
