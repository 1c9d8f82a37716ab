package org.ergograph.notify;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Instant;
import org.ergograph.notify.AlertEvent.Kind;
import org.junit.jupiter.api.Test;

class EventRowTest {
    private static JsonObject stored(String channel, String actor, String reason) {
        Instant now = Instant.parse("2026-11-20T10:00:00Z");
        return new EventRow(new AlertEvent("1", "a", now, "node\t1", Kind.HELD, "firing", channel, actor, reason))
                .json();
    }

    /** PostgreSQL refuses a NUL, and one event would hold up all that is written with it. */
    @Test
    void controlCharactersAreNotStored() {
        JsonObject event = stored("op\u0000s", "a\nda", "be\u0000cause\u0007");
        assertThat(event.getString("channel")).isEqualTo("op s");
        assertThat(event.getString("actor")).isEqualTo("a da");
        assertThat(event.getString("reason")).isEqualTo("be cause ");
        assertThat(event.getString("node")).isEqualTo("node 1");
    }

    @Test
    void longReasonIsCut() {
        assertThat(stored("ops", "ada", "x".repeat(5000)).getString("reason"))
                .hasSize(2000)
                .endsWith("x…");
    }
}
