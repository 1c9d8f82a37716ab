package org.ergograph.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageReaderTest {
    private static Message read(String text) {
        return MessageReader.message(MessageReader.parse(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static int refused(byte[] body) {
        try {
            MessageReader.message(MessageReader.parse(body));
            return 0;
        } catch (Refusal e) {
            return e.code();
        }
    }

    private static String nested(int depth) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":{\"a\":" + "[".repeat(depth - 2)
                + "]".repeat(depth - 2) + "}}";
    }

    @Test
    void depthIsBounded() {
        assertThat(read(nested(MessageReader.MAX_DEPTH))).isInstanceOf(Message.Request.class);
        assertThat(refused(nested(MessageReader.MAX_DEPTH + 1).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(-32600);
        assertThat(refused("[".repeat(1_000_000).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(-32600);
    }

    @Test
    void bracketsInTextsAreNoDepth() {
        assertThat(read("{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"params\":{\"a\":\"\\\"" + "[{".repeat(200) + "\"}}"))
                .isInstanceOf(Message.Notification.class);
    }

    @Test
    void brokenUtf8IsNoJson() {
        byte[] body = "{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"method\":\"m\"}".getBytes(StandardCharsets.UTF_8);
        body[22] = (byte) 0xff;
        assertThat(refused(body)).isEqualTo(-32700);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "{}x", "{\"a\":1,\"a\":2}", "[1", "\"", "nul"})
    void whatIsNoJsonIsAParseError(String body) {
        assertThat(refused(body.getBytes(StandardCharsets.UTF_8))).isEqualTo(-32700);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "\"text\"", "true", "null", "1e999999999"})
    void whatIsNoMessageIsNoRequest(String body) {
        assertThat(refused(body.getBytes(StandardCharsets.UTF_8))).isIn(-32600, -32700);
    }

    @Test
    void refusalNamesFieldValueAndWhatIsAllowed() {
        assertThatThrownBy(() -> read("{\"jsonrpc\":\"2.0\",\"id\":true,\"method\":\"m\"}"))
                .hasMessage("id is true: must be a text of at most 256 characters or a whole number");
    }

    @Test
    void answersOfTheClientAreTold() {
        assertThat(read("{\"jsonrpc\":\"2.0\",\"id\":\"q\",\"result\":{}}"))
                .isInstanceOfSatisfying(
                        Message.Response.class,
                        answer -> assertThat(answer.id()).isEqualTo("q"));
    }

    @Test
    void longValuesAreCutWhereTheyAreShown() {
        assertThatThrownBy(() -> read("{\"jsonrpc\":\"" + "x".repeat(100_000) + "\"}"))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
    }
}
