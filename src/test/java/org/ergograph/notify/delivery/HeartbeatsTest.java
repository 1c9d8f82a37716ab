package org.ergograph.notify.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.ergograph.alert.routing.ChannelPolicy;
import org.ergograph.alert.routing.Occasion;
import org.ergograph.database.Leases;
import org.ergograph.notify.delivery.channel.AlertMessage;
import org.ergograph.notify.delivery.channel.Channel;
import org.ergograph.notify.delivery.channel.Delivered;
import org.ergograph.notify.delivery.channel.Message;
import org.ergograph.notify.delivery.channel.Target;
import org.ergograph.observation.NodeIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said again and again, and by whom. */
class HeartbeatsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    Path directory;

    private final Set<String> firing = new HashSet<>();

    private record Told(String channel, boolean toTheLog, Message message, Instant at) {
        /** The alerts, as one text. */
        String alerts() {
            return message.alerts().stream().map(AlertMessage::alertId).sorted().collect(Collectors.joining(" "));
        }
    }

    /** A node that shares the room's database, and what it says again and again. */
    private final class Node {
        final List<Told> told = new ArrayList<>();
        final OutboxJournal journal;
        final DatabaseSender sender;
        final Heartbeats heartbeats;
        private final Mailroom room;

        Node(Mailroom room, NodeIdentity identity, DeliverySettings settings) {
            this.room = room;
            journal = room.journal(directory.resolve(identity.name()));
            Leases leases = identity.equals(room.node) ? room.leases : new Leases(room.database, identity);
            sender = new DatabaseSender(room.rows, journal, leases, room.migrated, room.parts);
            DeliveryParts parts = new DeliveryParts(
                    room.channels, this::receive, room.counts, settings, room.recorder, room.recorder, Runnable::run);
            heartbeats = new Heartbeats(
                    room.firing,
                    journal,
                    sender,
                    room.migrated,
                    parts,
                    new Trial(this::receive, identity, room.recorder),
                    alerts -> {
                        Set<String> still = new TreeSet<>(alerts);
                        still.retainAll(firing);
                        return still;
                    });
        }

        private CompletableFuture<Delivered> receive(Channel channel, Message message) {
            told.add(new Told(channel.name(), channel.target() instanceof Target.Log, message, room.recorder.now()));
            return CompletableFuture.completedFuture(new Delivered.Sent("ok"));
        }
    }

    private static DeliverySettings settings(boolean enabled, String channel, Duration interval) {
        DeliverySettings as = Mailroom.SETTINGS;
        return new DeliverySettings(
                enabled, as.giveUp(), as.perMinute(), as.retention(), channel, interval, as.journal());
    }

    private static DeliverySettings beating() {
        return settings(true, "watch", MINUTE);
    }

    /** Second by second; whether the database answers meanwhile. */
    private static void pass(Mailroom room, Duration time, boolean answers, Node... nodes) {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(SECOND)) {
            room.recorder.advanceMillis(SECOND.toMillis());
            for (Node node : nodes) {
                if (answers) {
                    room.transact(node.sender::run);
                }
                node.heartbeats.run();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void watchdogBeatsAtItsIntervalWhereTheNodeLeadsAndOnEachWhileTheDatabaseIsGone(String product) {
        try (Mailroom room = new Mailroom(product)) {
            room.channels("watch");
            Node leader = new Node(room, room.node, beating());
            Node other = new Node(room, new NodeIdentity("node-2", "1", 0), beating());

            pass(room, Duration.ofSeconds(150), true, leader, other);

            assertThat(leader.told).hasSize(3).allMatch(told -> told.channel().equals("watch") && !told.toTheLog());
            assertThat(Duration.between(
                            leader.told.get(1).at(), leader.told.get(2).at()))
                    .isEqualTo(MINUTE);
            assertThat(other.told).isEmpty();

            pass(room, Duration.ofSeconds(150), false, leader, other);

            assertThat(leader.told).hasSizeBetween(5, 6);
            assertThat(other.told).hasSizeBetween(2, 3);
        }
    }

    private static void toAlertmanager(Mailroom room) {
        room.channels.set(List.of(
                new Channel(ChannelPolicy.of("am"), new Target.Alertmanager("https://am.example", null, SECOND)),
                new Channel(ChannelPolicy.of("mail"), new Target.Log())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void alertmanagerIsToldEachMinuteOfWhatItWasToldAndStillFires(String product) {
        try (Mailroom room = new Mailroom(product)) {
            toAlertmanager(room);
            Node node = new Node(room, room.node, settings(true, "", MINUTE));
            firing.addAll(Set.of("a", "b", "elsewhere"));
            room.add(
                    room.entry("a", "am", Occasion.ESCALATED),
                    room.entry("b", "am", Occasion.ESCALATED),
                    room.entry("elsewhere", "mail", Occasion.ESCALATED));
            room.pass(room.dispatch(), Duration.ofSeconds(2), SECOND);

            pass(room, Duration.ofSeconds(125), true, node);
            assertThat(node.told).extracting(Told::alerts).containsExactly("a b", "a b");
            assertThat(node.told).extracting(Told::channel).containsOnly("am");

            room.add(room.entry("b", "am", Occasion.RESOLVED));
            pass(room, MINUTE, true, node);
            assertThat(node.told).hasSize(3).last().extracting(Told::alerts).isEqualTo("a");

            firing.remove("a");
            pass(room, MINUTE.multipliedBy(2), true, node);
            assertThat(node.told).hasSize(3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void alertmanagerIsToldWhileTheDatabaseIsGoneUntilTheEndIsSpilled(String product) {
        try (Mailroom room = new Mailroom(product)) {
            toAlertmanager(room);
            Node node = new Node(room, room.node, settings(true, "", MINUTE));
            firing.add("a");
            room.add(room.entry("a", "am", Occasion.ESCALATED));
            room.pass(room.dispatch(), Duration.ofSeconds(2), SECOND);
            pass(room, Duration.ofSeconds(65), true, node);
            assertThat(node.told).hasSize(1);

            pass(room, MINUTE.multipliedBy(2), false, node);
            assertThat(node.told).extracting(Told::alerts).containsExactly("a", "a", "a");

            node.journal.add(List.of(room.entry("a", "am", Occasion.RESOLVED)));
            pass(room, MINUTE.multipliedBy(2), false, node);
            assertThat(node.told).as("its end waits in the journal").hasSize(3);
            node.journal.close();
        }
    }

    @Test
    void nothingIsSaidWhileAlertingIsOff() {
        try (Mailroom room = new Mailroom("h2")) {
            toAlertmanager(room);
            firing.add("a");
            room.add(room.entry("a", "am", Occasion.ESCALATED));
            room.pass(room.dispatch(), Duration.ofSeconds(2), SECOND);
            Node node = new Node(room, room.node, settings(false, "am", MINUTE));

            pass(room, MINUTE.multipliedBy(3), true, node);

            assertThat(node.told).isEmpty();
        }
    }

    @Test
    void watchdogsChannelThatIsMissingIsSaidOnceAndThatItIsBack() {
        try (Mailroom room = new Mailroom("h2");
                Logged log = Logged.of(Heartbeats.class)) {
            Node node = new Node(room, room.node, beating());
            pass(room, MINUTE, true, node);
            assertThat(node.told).as("the channels were not read yet").isEmpty();

            room.channels("other");
            pass(room, MINUTE.multipliedBy(3), true, node);
            assertThat(node.told).hasSize(3).allMatch(Told::toTheLog);
            assertThat(log.lines()).singleElement().asString().contains("WARNING", "watch");

            room.channels("watch");
            pass(room, MINUTE.multipliedBy(2), true, node);
            assertThat(log.lines()).hasSize(2).last().asString().contains("INFO", "watchdog's channel watch");
            assertThat(node.told).hasSize(5).last().extracting(Told::toTheLog).isEqualTo(false);

            room.channels("other");
            pass(room, MINUTE, true, node);
            assertThat(log.lines()).hasSize(3);
        }
    }

    @Test
    void heartbeatHoldsForTwiceItsInterval() {
        try (Mailroom room = new Mailroom("h2")) {
            room.channels("watch");
            Node often = new Node(room, room.node, beating());
            Node seldom = new Node(room, room.node, settings(true, "watch", Duration.ofHours(1)));

            pass(room, SECOND, false, often, seldom);

            assertThat(often.told)
                    .singleElement()
                    .extracting(told -> told.message().holds())
                    .isEqualTo(Duration.ofMinutes(4));
            assertThat(seldom.told)
                    .singleElement()
                    .extracting(told -> told.message().holds())
                    .isEqualTo(Duration.ofHours(2));
        }
    }
}
