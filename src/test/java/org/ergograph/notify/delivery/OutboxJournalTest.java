package org.ergograph.notify.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.ergograph.alert.routing.Occasion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told while the database is gone. */
class OutboxJournalTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path directory;

    private OutboxJournal journal(Mailroom room) {
        OutboxJournal journal = room.journal(directory);
        journal.open();
        return journal;
    }

    private static void pass(Mailroom room, Dispatch dispatch, OutboxJournal journal, Duration time) {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(SECOND)) {
            room.recorder.advanceMillis(SECOND.toMillis());
            dispatch.run(journal.backlog());
        }
    }

    @Test
    void whatWasSpilledIsSentFromHereAndSurvivesTheProcess() {
        try (Mailroom room = new Mailroom("h2")) {
            room.channels("ops");
            OutboxJournal before = journal(room);
            before.add(List.of(room.entry("a", "ops", Occasion.FIRING)));
            before.close();

            OutboxJournal after = journal(room);
            Dispatch dispatch = new Dispatch(after, room.parts, () -> {});
            pass(room, dispatch, after, Duration.ofSeconds(40));
            assertThat(room.got("ops")).hasSize(1);
            assertThat(after.lastTold(Set.of("a")))
                    .hasEntrySatisfying(
                            "a",
                            told -> assertThat(told)
                                    .hasEntrySatisfying(
                                            "ops",
                                            last -> assertThat(last.firing()).isTrue()));
            after.close();

            OutboxJournal again = journal(room);
            pass(room, new Dispatch(again, room.parts, () -> {}), again, Duration.ofMinutes(10));
            assertThat(room.got("ops")).hasSize(1);
            again.close();
        }
    }

    @Test
    void crashInTheMiddleOfAnAttemptCostsOneDuplicateWithTheSameKey() {
        try (Mailroom room = new Mailroom("h2")) {
            room.channels("ops");
            OutboxJournal before = journal(room);
            before.add(List.of(room.entry("a", "ops", Occasion.ESCALATED)));
            room.receivers.put("ops", java.util.concurrent.CompletableFuture::new);
            new Dispatch(before, room.parts, () -> {}).run(before.backlog());
            before.close();
            room.channels("ops");

            OutboxJournal after = journal(room);
            pass(room, new Dispatch(after, room.parts, () -> {}), after, Duration.ofMinutes(10));

            assertThat(room.got("ops")).hasSize(2);
            assertThat(Set.copyOf(room.got("ops").stream().map(Mailroom.Got::id).toList()))
                    .hasSize(1);
            after.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void databaseThatIsBackGetsEverythingExactlyOnce(String product) {
        try (Mailroom room = new Mailroom(product)) {
            room.channels("ops", "other");
            OutboxJournal journal = journal(room);
            Entry sent = room.entry("a", "ops", Occasion.ESCALATED);
            Entry waiting = room.entry("a", "other", Occasion.FIRING);
            journal.add(List.of(sent, waiting));
            new Dispatch(journal, room.parts, () -> {}).run(journal.backlog());
            assertThat(room.got("ops")).hasSize(1);

            room.transact(() -> journal.merge(room.rows));
            assertThat(journal.isEmpty()).isTrue();
            // As after a crash before the journal was released.
            journal.add(List.of(sent, waiting));
            room.transact(() -> journal.merge(room.rows));

            room.pass(room.dispatch(), Duration.ofMinutes(10), SECOND);
            assertThat(room.got("ops")).hasSize(1);
            assertThat(room.got("other")).hasSize(1);
            assertThat(room.transaction(() -> room.notifications.of("a"))).hasSize(2);
            journal.close();

            OutboxJournal after = journal(room);
            assertThat(after.isEmpty()).isTrue();
            after.close();
        }
    }

    @Test
    void moreThanItHoldsDropsTheOldest() {
        Spool spool = new Spool(2);
        try (Mailroom room = new Mailroom("h2")) {
            List<Entry> entries = List.of(
                    room.entry("a", "ops", Occasion.FIRING),
                    room.entry("b", "ops", Occasion.FIRING),
                    room.entry("c", "ops", Occasion.FIRING));
            assertThat(spool.add(entries)).containsExactly(entries.get(0));
            assertThat(spool.entries(List.of(entries.get(0).id()))).isEmpty();
            assertThat(spool.waiting()).isEqualTo(2);
        }
    }

    @Test
    void whatIsDroppedIsCountedByChannelAndSaidOnceAMinute() {
        try (Mailroom room = new Mailroom("h2");
                Logged log = Logged.of(OutboxJournal.class)) {
            OutboxJournal journal = journal(room);
            journal.add(Stream.generate(() -> room.entry("a", "ops", Occasion.FIRING))
                    .limit(OutboxJournal.MAX_ENTRIES)
                    .toList());
            assertThat(room.counts.counted("ops", "dropped")).isZero();

            for (int i = 0; i < 3; i++) {
                journal.add(List.of(room.entry("a", "other", Occasion.FIRING)));
            }
            assertThat(room.counts.counted("ops", "dropped")).isEqualTo(3);
            assertThat(log.lines()).singleElement().asString().contains("1 were dropped");

            room.recorder.advanceMillis(Duration.ofMinutes(1).toMillis());
            journal.add(List.of(room.entry("a", "other", Occasion.FIRING)));
            assertThat(log.lines()).hasSize(2).last().asString().contains("3 were dropped");
            journal.close();
        }
    }

    @Test
    void settledMessageIsDroppedWithItsLastEntry() {
        Spool spool = new Spool(2);
        try (Mailroom room = new Mailroom("h2")) {
            List<Entry> sent =
                    List.of(room.entry("a", "ops", Occasion.FIRING), room.entry("b", "ops", Occasion.FIRING));
            spool.add(sent);
            Instant now = room.recorder.now();
            spool.begin(
                    new Open("m", "ops", "group", 1, true, now, now),
                    new Attempt("m", 1, "node-1", now, null, Attempt.SENDING, ""),
                    sent.stream().map(Entry::id).toList());
            spool.end("m", 1, new Ended("sent", Ended.SENT, "ok", now, now));

            assertThat(spool.add(List.of(room.entry("c", "ops", Occasion.FIRING))))
                    .isEmpty();
            assertThat(spool.snapshot().messages()).hasSize(1);
            assertThat(spool.add(List.of(room.entry("d", "ops", Occasion.FIRING))))
                    .isEmpty();

            assertThat(spool.snapshot().messages()).isEmpty();
            assertThat(spool.waiting()).isEqualTo(2);
        }
    }
}
