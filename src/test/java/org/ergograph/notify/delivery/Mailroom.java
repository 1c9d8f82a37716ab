package org.ergograph.notify.delivery;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.ergograph.alert.routing.ChannelPolicy;
import org.ergograph.alert.routing.Occasion;
import org.ergograph.database.DatabaseState;
import org.ergograph.database.Leases;
import org.ergograph.database.TimeOrderedIds;
import org.ergograph.history.TestDatabase;
import org.ergograph.history.journal.JournalFiles;
import org.ergograph.notify.delivery.channel.AlertMessages;
import org.ergograph.notify.delivery.channel.Channel;
import org.ergograph.notify.delivery.channel.Delivered;
import org.ergograph.notify.delivery.channel.Message;
import org.ergograph.notify.delivery.channel.Target;
import org.ergograph.observation.NodeIdentity;
import org.ergograph.observation.NotingRecorder;

/** An outbox on a real database, a clock that the test moves, and receivers that do as the test says. */
final class Mailroom implements Queue, AutoCloseable {
    static final DeliverySettings SETTINGS = new DeliverySettings(
            true, Duration.ofDays(1), 6000, Duration.ofDays(30), "", Duration.ofMinutes(1), Path.of("unused"));

    /** What a receiver got. */
    record Got(String channel, String id, List<String> alerts, Instant at) {}

    final NotingRecorder recorder = new NotingRecorder();
    final List<Got> got = new ArrayList<>();
    final Map<String, Supplier<CompletableFuture<Delivered>>> receivers = new HashMap<>();
    final NodeIdentity node = new NodeIdentity("node-1", "1", 0);
    final DeliveryCounts counts = DeliveryCounts.unpublished();
    final Channels channels = new Channels(new ChannelRows(), new DatabaseState(), recorder);
    final DeliveryParts parts =
            new DeliveryParts(channels, this::receive, counts, SETTINGS, recorder, recorder, Runnable::run);
    final TimeOrderedIds ids = new TimeOrderedIds(() -> recorder.now().toEpochMilli());
    final DataSource database;
    final Leases leases;
    final NotificationRows rows;
    final Notifications notifications = new Notifications();
    final FiringRows firing = new FiringRows();
    final ChannelRows channelRows = new ChannelRows();
    final DatabaseState migrated = new DatabaseState();
    private final EntityManagerFactory factory;
    private final EntityManager entities;
    private boolean dead;

    Mailroom(String product) {
        database = TestDatabase.of(product);
        leases = new Leases(database, node);
        rows = new NotificationRows(leases, node);
        factory = Persistence.createEntityManagerFactory(
                "ergograph",
                Map.of(
                        "jakarta.persistence.transactionType", "RESOURCE_LOCAL",
                        "jakarta.persistence.jtaDataSource", "",
                        "jakarta.persistence.nonJtaDataSource", database,
                        "eclipselink.session-name", product + "-mailroom",
                        "eclipselink.weaving", "false"));
        entities = factory.createEntityManager();
        migrated.migrated();
        rows.entities = entities;
        notifications.entities = entities;
        firing.entities = entities;
        channelRows.entities = entities;
        leases.acquire(NotificationRows.LEASE, Duration.ofMinutes(5));
    }

    /** These channels are there, each with the usual pauses, and take everything. */
    void channels(String... names) {
        List<Channel> made = new ArrayList<>();
        for (String name : names) {
            made.add(new Channel(
                    ChannelPolicy.of(name), new Target.Slack("https://x.example/", Duration.ofSeconds(30))));
            receivers.put(name, () -> CompletableFuture.completedFuture(new Delivered.Sent("ok")));
        }
        channels.set(made);
    }

    CompletableFuture<Delivered> receive(Channel channel, Message message) {
        got.add(new Got(
                channel.name(),
                message.id(),
                message.alerts().stream()
                        .map(alert -> alert.alertId() + " " + alert.status())
                        .toList(),
                recorder.now()));
        return receivers
                .getOrDefault(channel.name(), () -> CompletableFuture.completedFuture(new Delivered.Sent("ok")))
                .get();
    }

    List<Got> got(String channel) {
        return got.stream().filter(each -> each.channel().equals(channel)).toList();
    }

    Entry entry(String alert, String channel, Occasion occasion) {
        return new Entry(
                ids.next(),
                alert,
                channel,
                occasion,
                "alertname=\"slow_tool\"",
                recorder.now(),
                "it fires",
                occasion == Occasion.RESOLVED ? AlertMessages.resolved(alert) : AlertMessages.firing(alert));
    }

    <T> T transaction(Supplier<T> work) {
        entities.getTransaction().begin();
        try {
            T result = work.get();
            entities.getTransaction().commit();
            return result;
        } finally {
            if (entities.getTransaction().isActive()) {
                entities.getTransaction().rollback();
            }
            entities.clear();
        }
    }

    void transact(Runnable work) {
        transaction(() -> {
            work.run();
            return true;
        });
    }

    /** There is an alert of this id that is not over. */
    void openAlert(String id) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into alert (id, rule_id, rule_name, severity, state, labels, details, opened_at, updated_at, hand)"
                                + " values (?, 'rule', 'rule', 'high', 'firing', '{}', '{}', current_timestamp, current_timestamp, 0)")) {
            insert.setString(1, id);
            insert.executeUpdate();
        }
    }

    void add(Entry... entries) {
        transact(() -> rows.add(List.of(entries)));
    }

    Backlog backlog() {
        return transaction(() -> rows.backlog(recorder.now()));
    }

    /** Lets the time pass in steps, and sends what is due at each. */
    void pass(Dispatch dispatch, Duration time, Duration step) {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(step)) {
            recorder.advanceMillis(step.toMillis());
            dispatch.run(backlog());
        }
    }

    /** This node's journal in that directory. */
    OutboxJournal journal(Path directory) {
        return new OutboxJournal(JournalFiles.in(directory), node, recorder, counts);
    }

    /** What sends on this node, with a journal in that directory. To be run in a transaction. */
    DatabaseSender sender(Path directory) {
        return new DatabaseSender(rows, journal(directory), leases, migrated, parts);
    }

    Dispatch dispatch() {
        return new Dispatch(this, parts, () -> {});
    }

    /** From now on nothing is written down any more, as if the process had ended. */
    void crash() {
        dead = true;
    }

    /** A new process of the same node. */
    void restart() {
        dead = false;
        transact(() -> rows.takeBack(recorder.now()));
    }

    @Override
    public Optional<Begun> begin(Pick pick, Instant now, Instant until) {
        return transaction(() -> rows.begin(pick, ids.next(), now, until));
    }

    @Override
    public void end(Begun begun, Ended ended) {
        if (!dead) {
            transact(() -> rows.end(begun, ended));
        }
    }

    @Override
    public void close() {
        factory.close();
    }
}
