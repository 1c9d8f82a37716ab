package org.ergograph.notify.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.ergograph.alert.routing.Occasion;
import org.ergograph.notify.delivery.channel.Delivered;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a channel was told and is not over, in either database. */
class FiringRowsTest {
    private static void tell(Mailroom room, Occasion occasion) {
        room.recorder.advanceMillis(1_000);
        room.add(room.entry("a", "ops", occasion));
    }

    private static void send(Mailroom room, Delivered answer) {
        room.receivers.put("ops", () -> CompletableFuture.completedFuture(answer));
        room.pass(room.dispatch(), Duration.ofMinutes(12), Duration.ofMinutes(1));
    }

    private static Set<String> told(Mailroom room) {
        return room.transaction(() -> room.firing.told("ops")).keySet();
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void whatWaitsOrIsGivenUpTakesNothingBackThatWasTold(String product) {
        try (Mailroom room = new Mailroom(product)) {
            room.channels("ops");
            tell(room, Occasion.FIRING);
            assertThat(told(room)).as("nothing was sent yet").isEmpty();
            send(room, new Delivered.Sent("ok"));
            assertThat(told(room)).containsExactly("a");

            tell(room, Occasion.REPEAT);
            assertThat(told(room)).as("a repetition waits").containsExactly("a");
            send(room, new Delivered.Refused("HTTP 400"));
            assertThat(told(room)).as("it is given up").containsExactly("a");

            tell(room, Occasion.RESOLVED);
            assertThat(told(room)).as("the end waits").isEmpty();
            send(room, new Delivered.Sent("ok"));
            assertThat(told(room)).as("the end was told").isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void newestThatWasSentCounts(String product) {
        try (Mailroom room = new Mailroom(product)) {
            room.channels("ops");
            tell(room, Occasion.FIRING);
            send(room, new Delivered.Sent("ok"));
            tell(room, Occasion.REPEAT);
            send(room, new Delivered.Sent("ok"));
            tell(room, Occasion.ESCALATED);

            assertThat(room.transaction(() -> room.firing.told("ops")).values())
                    .singleElement()
                    .extracting(Entry::occasion)
                    .isEqualTo(Occasion.REPEAT);
        }
    }
}
