package org.ergograph.notify.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonArray;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.ergograph.alert.routing.LastTold;
import org.ergograph.alert.routing.Occasion;
import org.ergograph.notify.delivery.channel.Delivered;
import org.ergograph.web.ProblemException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in the outbox is sent, in either database. */
class DispatchTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void alertsThatFireTogetherAreToldInOneMessageAfterTheGroupsWait(String product) {
        try (Mailroom room = new Mailroom(product)) {
            room.channels("ops");
            Dispatch dispatch = room.dispatch();
            room.add(room.entry("a", "ops", Occasion.FIRING), room.entry("b", "ops", Occasion.FIRING));
            room.pass(dispatch, Duration.ofSeconds(29), SECOND);
            assertThat(room.got).isEmpty();

            room.pass(dispatch, Duration.ofSeconds(2), SECOND);
            assertThat(room.got("ops"))
                    .singleElement()
                    .satisfies(got -> assertThat(got.alerts()).containsExactlyInAnyOrder("a firing", "b firing"));

            room.add(room.entry("a", "ops", Occasion.RESOLVED));
            room.pass(dispatch, Duration.ofMinutes(4), FIVE_SECONDS);
            assertThat(room.got("ops")).hasSize(1);
            room.pass(dispatch, Duration.ofMinutes(2), FIVE_SECONDS);
            assertThat(room.got("ops")).hasSize(2);
            assertThat(room.backlog().size()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void crashBetweenSendingAndWritingItDownCostsOneDuplicateWithTheSameKey(String product) {
        try (Mailroom room = new Mailroom(product)) {
            room.channels("ops");
            room.add(room.entry("a", "ops", Occasion.FIRING));
            room.crash();
            room.pass(room.dispatch(), Duration.ofSeconds(40), SECOND);
            assertThat(room.got("ops")).hasSize(1);

            room.restart();
            room.pass(room.dispatch(), Duration.ofMinutes(10), FIVE_SECONDS);

            assertThat(room.got("ops")).hasSize(2);
            assertThat(Set.copyOf(room.got("ops").stream().map(Mailroom.Got::id).toList()))
                    .hasSize(1);
            assertThat(room.transaction(() -> room.notifications.of("a")).toString())
                    .contains("\"unknown\"", "\"sent\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void channelThatHangsAndOneThatFailsForTenMinutesDelayNoOther(String product) {
        try (Mailroom room = new Mailroom(product)) {
            room.channels("hangs", "fails", "works");
            room.receivers.put("hangs", CompletableFuture::new);
            AtomicInteger asked = new AtomicInteger();
            var start = room.recorder.now();
            room.receivers.put("fails", () -> {
                asked.incrementAndGet();
                boolean over = room.recorder.now().isAfter(start.plusSeconds(600));
                return CompletableFuture.completedFuture(
                        over ? new Delivered.Sent("ok") : new Delivered.Failed("HTTP 500", null));
            });
            Dispatch dispatch = room.dispatch();
            for (String channel : new String[] {"hangs", "fails", "works"}) {
                room.add(room.entry("a", channel, Occasion.ESCALATED));
            }
            dispatch.run(room.backlog());
            assertThat(room.got("works")).hasSize(1);
            room.add(room.entry("a", "works", Occasion.RESOLVED));
            room.add(room.entry("a", "fails", Occasion.RESOLVED));
            room.pass(dispatch, Duration.ofMinutes(6), FIVE_SECONDS);
            assertThat(room.got("works")).hasSize(2);
            assertThat(room.got("hangs")).hasSize(1);

            room.pass(dispatch, Duration.ofMinutes(20), FIVE_SECONDS);

            assertThat(room.got("fails").stream().map(Mailroom.Got::alerts).distinct())
                    .hasSize(2);
            assertThat(asked.get()).isBetween(8, 16);
            assertThat(room.counts.counted("fails", "sent")).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void refusedMessageIsGivenUpAndCanBeTriedAgain(String product) {
        try (Mailroom room = new Mailroom(product)) {
            room.channels("ops");
            room.receivers.put("ops", () -> CompletableFuture.completedFuture(new Delivered.Refused("HTTP 404")));
            Dispatch dispatch = room.dispatch();
            Entry entry = room.entry("a", "ops", Occasion.ESCALATED);
            room.add(entry);
            room.pass(dispatch, Duration.ofHours(1), Duration.ofMinutes(1));
            assertThat(room.got("ops")).hasSize(1);
            assertThat(room.counts.counted("ops", "dead")).isEqualTo(1);

            room.channels("ops");
            room.transaction(() -> room.notifications.retry(entry.id(), room.recorder.now()));
            dispatch.run(room.backlog());

            assertThat(room.got("ops")).hasSize(2);
            assertThatThrownBy(() -> room.transaction(() -> room.notifications.retry(entry.id(), room.recorder.now()))
                            .orProblem(entry.id()))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContainingAll("409", "sent");
            assertThatThrownBy(() -> room.transaction(() -> room.notifications.retry("nowhere", room.recorder.now()))
                            .orProblem("nowhere"))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("404");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void whoDoesNotHoldTheLeaseSendsNothing(String product) {
        try (Mailroom room = new Mailroom(product)) {
            room.channels("ops");
            room.add(room.entry("a", "ops", Occasion.ESCALATED));
            room.leases.release(NotificationRows.LEASE);
            room.dispatch().run(room.backlog());
            assertThat(room.got).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void whatWaitsForAChannelThatIsGoneGoesToTheLog(String product) {
        try (Mailroom room = new Mailroom(product)) {
            room.channels();
            room.add(room.entry("a", "deleted", Occasion.FIRING));
            room.dispatch().run(room.backlog());
            assertThat(room.got("deleted")).hasSize(1);
            assertThat(room.backlog().size()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void lastToldIsWhatWasDecidedLast(String product) {
        try (Mailroom room = new Mailroom(product)) {
            Entry firing = room.entry("a", "ops", Occasion.FIRING);
            room.add(firing);
            room.add(firing);
            room.recorder.advanceMillis(Duration.ofHours(4).toMillis());
            Entry resolved = room.entry("a", "ops", Occasion.RESOLVED);
            room.add(resolved);

            Map<String, Map<String, LastTold>> told = room.transaction(() -> room.rows.lastTold(Set.of("a", "b")));

            assertThat(told).containsOnlyKeys("a");
            LastTold last =
                    Objects.requireNonNull(Objects.requireNonNull(told.get("a")).get("ops"));
            assertThat(last.occasion()).isEqualTo(Occasion.RESOLVED);
            assertThat(last.firing()).isTrue();
            assertThat(Duration.between(last.at(), resolved.madeAt())).isLessThan(Duration.ofNanos(1000));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void whatWasToldOfAlertsThatAreOverIsForgotten(String product) throws Exception {
        try (Mailroom room = new Mailroom(product)) {
            room.channels("ops");
            room.openAlert("open");
            room.add(room.entry("open", "ops", Occasion.ESCALATED), room.entry("over", "ops", Occasion.ESCALATED));
            room.pass(room.dispatch(), Duration.ofMinutes(2), FIVE_SECONDS);
            room.add(room.entry("over", "nobody", Occasion.FIRING));

            room.transact(() -> room.rows.forget(room.recorder.now().minus(Duration.ofHours(1))));
            assertThat(told(room, "over")).isEqualTo(2);

            room.transact(() -> room.rows.forget(room.recorder.now()));
            assertThat(told(room, "over")).as("what waits").isEqualTo(1);
            assertThat(room.transaction(() -> room.notifications.of("open").toString()))
                    .contains("\"attempts\":[{");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void channelForWhichThousandsWaitHidesNoOther(String product) {
        try (Mailroom room = new Mailroom(product)) {
            room.channels("stuck", "works");
            room.receivers.put(
                    "stuck", () -> CompletableFuture.completedFuture(new Delivered.Failed("HTTP 500", null)));
            Dispatch dispatch = room.dispatch();
            room.add(room.entry("a", "stuck", Occasion.ESCALATED));
            dispatch.run(room.backlog());
            room.add(IntStream.range(0, 5_000)
                    .mapToObj(i -> room.entry("a" + i, "stuck", Occasion.FIRING))
                    .toArray(Entry[]::new));
            room.recorder.advanceMillis(1_000);
            room.add(room.entry("a", "works", Occasion.ESCALATED));

            dispatch.run(room.backlog());

            assertThat(room.got("works")).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void whatGotIntoNoMessageInTimeIsGivenUpAndCanBeTriedAgain(String product) {
        try (Mailroom room = new Mailroom(product)) {
            room.channels("stuck", "works");
            room.receivers.put("stuck", CompletableFuture::new);
            DatabaseSender sender = room.sender(directory);
            room.add(room.entry("a", "stuck", Occasion.ESCALATED));
            room.transact(sender::run);
            Entry behind = room.entry("b", "stuck", Occasion.FIRING);
            room.add(behind);
            Duration pause = Duration.ofMinutes(5);
            room.recorder.advanceMillis(
                    Mailroom.SETTINGS.giveUp().plus(pause).minus(SECOND).toMillis());
            Entry late = room.entry("c", "stuck", Occasion.FIRING);
            room.add(late, room.entry("d", "works", Occasion.FIRING));
            room.transact(sender::run);
            assertThat(room.counts.counted("stuck", "dead")).isZero();

            room.recorder.advanceMillis(Duration.ofMinutes(2).toMillis());
            room.transact(sender::run);

            assertThat(room.counts.counted("stuck", "dead")).isEqualTo(1);
            assertThat(told(room, "b", 0)).contains("\"state\":\"dead\"", "\"message\":null");
            assertThat(told(room, "c", 0)).contains("\"state\":\"waiting\"");
            assertThat(told(room, "d", 0)).contains("\"state\":\"sent\"");

            room.channels("stuck");
            room.transaction(() -> room.notifications.retry(behind.id(), room.recorder.now()));
            room.pass(room.dispatch(), Duration.ofSeconds(5), SECOND);
            assertThat(told(room, "b", 0)).contains("\"state\":\"sent\"", "\"number\":1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void nodeThatDoesNotLeadGivesNothingUp(String product) {
        try (Mailroom room = new Mailroom(product)) {
            room.add(room.entry("a", "ops", Occasion.FIRING));
            room.recorder.advanceMillis(1_000);
            assertThat(room.transaction(() -> room.rows.giveUp(channel -> room.recorder.now(), room.recorder.now())))
                    .hasSize(1);
            room.add(room.entry("a", "ops", Occasion.FIRING));
            room.recorder.advanceMillis(1_000);
            room.leases.release(NotificationRows.LEASE);

            assertThat(room.transaction(() -> room.rows.giveUp(channel -> room.recorder.now(), room.recorder.now())))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void ofAnAlertToldManyTimesTheNewestAreShownInTheOrderOfTime(String product) {
        try (Mailroom room = new Mailroom(product)) {
            List<Entry> entries = IntStream.range(0, 510)
                    .mapToObj(i -> room.entry("a", "ops", Occasion.REPEAT))
                    .toList();
            room.add(entries.toArray(Entry[]::new));

            JsonArray shown = room.transaction(() -> room.notifications.of("a"));

            assertThat(shown).hasSize(500);
            assertThat(shown.getJsonObject(0).getString("id"))
                    .isEqualTo(entries.get(10).id());
            assertThat(shown.getJsonObject(499).getString("id"))
                    .isEqualTo(entries.get(509).id());
        }
    }

    private static String told(Mailroom room, String alert, int index) {
        return room.transaction(() -> room.notifications.of(alert).get(index).toString());
    }

    private static int told(Mailroom room, String alert) {
        return room.transaction(() -> room.notifications.of(alert).size());
    }
}
