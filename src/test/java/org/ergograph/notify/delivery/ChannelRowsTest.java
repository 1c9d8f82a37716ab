package org.ergograph.notify.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ergograph.notify.delivery.StoredChannel.Outcome;
import org.ergograph.outbound.OutboundPolicy;
import org.ergograph.web.ETags;
import org.ergograph.web.JsonBody;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client gets wrong about a channel is no failure of the database, in either. */
class ChannelRowsTest {
    private static ChannelFields.Read named(String name) {
        return ChannelFields.read(
                JsonBody.parse("{\"name\":\"" + name + "\",\"type\":\"log\"}"), OutboundPolicy.of(List.of()), null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void whatCannotBeDoneIsAnswered(String product) {
        try (Mailroom room = new Mailroom(product)) {
            ChannelRows rows = room.channelRows;
            var now = room.recorder.now();
            ChannelRow a = new ChannelRow("a", named("a"), now);
            assertThat(room.transaction(() -> rows.insert(a)).outcome()).isEqualTo(Outcome.DONE);
            assertThat(room.transaction(() -> rows.insert(new ChannelRow("b", named("b"), now)))
                            .outcome())
                    .isEqualTo(Outcome.DONE);
            String tag = ETags.of(a.version());

            assertThat(room.transaction(() -> rows.insert(new ChannelRow("c", named("a"), now)))
                            .outcome())
                    .isEqualTo(Outcome.NAME_TAKEN);
            assertThat(room.transaction(() -> rows.update("a", tag, a.version(), named("b"), now))
                            .outcome())
                    .isEqualTo(Outcome.NAME_TAKEN);
            assertThat(room.transaction(() -> rows.update("d", "*", 1, named("d"), now))
                            .outcome())
                    .isEqualTo(Outcome.MISSING);
            assertThat(room.transaction(() -> rows.delete("d", "*")).outcome()).isEqualTo(Outcome.MISSING);
            assertThat(room.transaction(() -> rows.get("d"))).isEmpty();

            assertThat(room.transaction(() -> rows.update("a", tag, a.version(), named("e"), now))
                            .outcome())
                    .isEqualTo(Outcome.DONE);
            assertThat(room.transaction(() -> rows.update("a", tag, a.version(), named("f"), now))
                            .outcome())
                    .isEqualTo(Outcome.STALE);
            assertThat(room.transaction(() -> rows.update("a", "*", a.version(), named("f"), now))
                            .outcome())
                    .as("the fields were read for another version")
                    .isEqualTo(Outcome.STALE);
            assertThat(room.transaction(() -> rows.delete("a", tag)).outcome()).isEqualTo(Outcome.STALE);
            assertThat(room.transaction(() -> rows.delete("a", "*")).outcome()).isEqualTo(Outcome.DONE);
        }
    }
}
