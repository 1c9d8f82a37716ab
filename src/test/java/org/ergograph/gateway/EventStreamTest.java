package org.ergograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventStreamTest {
    private final List<String> events = new ArrayList<>();

    private EventStream stream(int maxBytes) {
        return new EventStream(maxBytes, bytes -> events.add(new String(bytes, StandardCharsets.UTF_8)));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void eventsAreTheSameHoweverLinesEndAndPartsFall(String end) {
        String text = String.join(
                end,
                "\ufeffdata: one",
                "",
                ": a comment",
                "event: message",
                "id: 7",
                "data:caf\u00e9",
                "data:  b",
                "",
                "data",
                "",
                "retry: 5",
                "",
                "data: three",
                "",
                "data: never ended");
        byte[] whole = text.getBytes(StandardCharsets.UTF_8);
        for (int size : List.of(1, 2, 3, 7, 1000)) {
            events.clear();
            EventStream stream = stream(100);
            for (int i = 0; i < whole.length; i += size) {
                assertThat(stream.read(ByteBuffer.wrap(whole, i, Math.min(size, whole.length - i))))
                        .isTrue();
            }
            assertThat(events).as("parts of %d bytes", size).containsExactly("one", "caf\u00e9\n b", "three");
        }
    }

    @Test
    void eventAtTheLimitIsReadAndOneOverItIsNot() {
        assertThat(stream(1000).read(bytes("data: " + "x".repeat(1000) + "\n\n")))
                .isTrue();
        assertThat(events).containsExactly("x".repeat(1000));
        assertThat(stream(1000).read(bytes("data: " + "x".repeat(1017) + "\n\n")))
                .isFalse();
        assertThat(stream(1000).read(bytes(":" + "x".repeat(2000))))
                .as("a line without end")
                .isFalse();
        EventStream lines = stream(1000);
        boolean fits = true;
        for (int i = 0; i < 200 && fits; i++) {
            fits = lines.read(bytes("data: 1234567890\n"));
        }
        assertThat(fits).as("many short lines").isFalse();
    }
}
