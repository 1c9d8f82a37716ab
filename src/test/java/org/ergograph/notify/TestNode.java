package org.ergograph.notify;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.EntityTransaction;
import jakarta.persistence.Persistence;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.ergograph.alert.Alert;
import org.ergograph.alert.Rule;
import org.ergograph.database.DatabaseState;
import org.ergograph.database.Leases;
import org.ergograph.database.TimeOrderedIds;
import org.ergograph.history.TestDatabase;
import org.ergograph.notify.delivery.Channels;
import org.ergograph.notify.delivery.Outbox;
import org.ergograph.notify.delivery.TableOutbox;
import org.ergograph.observation.NodeIdentity;
import org.ergograph.observation.NotingRecorder;
import org.ergograph.observation.Sample;
import org.ergograph.web.JsonBody;

/** A node that evaluates rules over made-up facts, with a real database and without a container. Not thread-safe. */
final class TestNode implements AutoCloseable {
    private final DataSource dataSource;
    private final EntityManagerFactory factory;
    private final EntityManager entities;
    private final MovableTime time;
    private final TimeOrderedIds ids;
    private boolean databaseOut;
    private boolean readingFails;
    final TableOutbox outbox;
    final Definitions definitions;
    final AlertStore store;
    final AlertRows rows;
    final Alone alone;
    final AlertEngine engine;
    final NotingRecorder recorder = new NotingRecorder();
    final EvaluationCounts counts = new EvaluationCounts();

    TestNode(String name, DataSource dataSource, MovableTime time, TestFacts facts) {
        this.dataSource = dataSource;
        this.time = time;
        this.ids = new TimeOrderedIds(() -> time.now().toEpochMilli());
        this.factory = Persistence.createEntityManagerFactory(
                "ergograph",
                Map.of(
                        "jakarta.persistence.transactionType", "RESOURCE_LOCAL",
                        "jakarta.persistence.jtaDataSource", "",
                        "jakarta.persistence.nonJtaDataSource", dataSource,
                        "eclipselink.session-name", name + UUID.randomUUID(),
                        "eclipselink.weaving", "false"));
        this.entities = factory.createEntityManager();
        NodeIdentity identity = new NodeIdentity(name, "1", 0);
        Leases leases = new Leases(dataSource, identity) {
            @Override
            public Holder ask(String lease, Duration duration) {
                return databaseOut ? Holder.UNKNOWN : super.ask(lease, duration);
            }
        };
        this.outbox = new TableOutbox(entities);
        this.definitions = new Transacted();
        definitions.entities = entities;
        this.store = new TransactedStore(leases, outbox);
        store.entities = entities;
        this.rows = new AlertRows();
        rows.entities = entities;
        AlertingSettings settings =
                new AlertingSettings(true, Duration.ofSeconds(1), "test", "https://here", Duration.ofDays(30));
        DatabaseState state = new DatabaseState();
        state.migrated();
        Channels channels = TableOutbox.channels();
        Messages messages = new Messages(settings, identity, time);
        this.alone = new Alone(
                settings,
                state,
                outbox,
                channels,
                messages,
                counts,
                () -> facts.at(time.now()),
                recorder,
                identity,
                time);
        this.engine = new AlertEngine(
                settings,
                state,
                leases,
                store,
                new BookReader(store, outbox, time),
                definitions,
                alone,
                counts,
                facts::at,
                channels,
                messages,
                recorder,
                identity,
                time);
    }

    /** A rule from its JSON, in which apostrophes stand for quotation marks. */
    Rule rule(String json) {
        Rule rule = RuleJson.read(JsonBody.parse(json.replace('\'', '"')), Duration.ofSeconds(1), channel -> true);
        return in(() -> definitions.insert(new RuleRow(ids.next(), false, rule, time.now())))
                .orProblem("rule", "", "*", rule.name())
                .rule();
    }

    /** Makes another rule of it. */
    void change(Rule rule, String json) {
        Rule next = RuleJson.read(JsonBody.parse(json.replace('\'', '"')), Duration.ofSeconds(1), channel -> true);
        in(() -> definitions.update(RuleRow.class, rule.id(), "*", next.name(), row -> row.change(next, time.now())))
                .orProblem("rule", rule.id(), "*", next.name());
    }

    /** What people said of the alerts cannot be read from now on, or can again. */
    void readingFails(boolean fails) {
        readingFails = fails;
    }

    /** A second goes by. */
    void tick() {
        time.advance(Duration.ofSeconds(1));
        engine.run();
        alone.run();
    }

    /** The values of a sample, in order. */
    List<Double> samples(String name) {
        return recorder.samples().stream()
                .filter(sample -> sample.name().equals(name))
                .map(Sample::value)
                .toList();
    }

    void databaseOut(boolean out) {
        databaseOut = out;
    }

    List<AlertRow> alerts() {
        return in(() -> rows.list(new AlertFilter(null, null, null, null, null, null, null, 500)));
    }

    List<String> events(String alertId) {
        return in(() -> rows.events(alertId)).stream()
                .map(event ->
                        event.json().getString("kind") + ": " + event.json().getString("reason"))
                .toList();
    }

    Optional<AlertRow> say(String alertId, Statement statement) {
        return in(() -> rows.say(alertId, statement, ids.next(), "n", time.now()));
    }

    /** Occasion and alert of all that is in the outbox's table, in order. */
    List<String> told() {
        return TestDatabase.rows(dataSource, "select occasion, alert_id from notification order by id");
    }

    /** The same of one channel. */
    List<String> toldOn(String channel) {
        return TestDatabase.rows(
                dataSource,
                "select occasion, alert_id from notification where channel = '" + channel + "' order by id");
    }

    <T> T in(Supplier<T> work) {
        EntityTransaction transaction = entities.getTransaction();
        if (transaction.isActive()) {
            return work.get();
        }
        transaction.begin();
        try {
            T value = work.get();
            transaction.commit();
            return value;
        } finally {
            if (transaction.isActive()) {
                transaction.rollback();
            }
            entities.clear();
        }
    }

    /** Whoever evaluates is dead, and its lease has run out. */
    static void expireLease(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection();
                var update = connection.createStatement()) {
            update.executeUpdate("update lease set expires_at = current_timestamp - interval '1' second");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        factory.close();
    }

    private final class Transacted extends Definitions {
        @Override
        Map<String, Long> versions(Class<? extends Definition> type) {
            return in(() -> super.versions(type));
        }

        @Override
        <T extends Definition> List<T> all(Class<T> type) {
            return in(() -> super.all(type));
        }

        @Override
        <T extends Definition> int addMissing(List<T> rows) {
            return in(() -> super.addMissing(rows));
        }
    }

    private final class TransactedStore extends AlertStore {
        TransactedStore(Leases leases, Outbox outbox) {
            super(leases, outbox);
        }

        @Override
        List<AlertRow> open() {
            return in(super::open);
        }

        @Override
        List<AlertRow> overSince(Instant from) {
            return in(() -> super.overSince(from));
        }

        @Override
        List<AlertRow> heldBefore(Instant before, int most) {
            return in(() -> super.heldBefore(before, most));
        }

        @Override
        Map<String, Integer> hands() {
            if (readingFails) {
                throw new IllegalStateException("the database does not answer");
            }
            return in(super::hands);
        }

        @Override
        List<AlertRow> rows(List<String> alertIds) {
            return in(() -> super.rows(alertIds));
        }

        @Override
        boolean write(Changes changes, Instant now) {
            return in(() -> super.write(changes, now));
        }

        @Override
        void merge(Changes changes, Function<Alert, Changes> duplicates, Instant now) {
            in(() -> {
                super.merge(changes, duplicates, now);
                return new ArrayList<>();
            });
        }

        @Override
        void end(List<String> alertIds, Instant now) {
            in(() -> {
                super.end(alertIds, now);
                return new ArrayList<>();
            });
        }

        @Override
        void forgetEvents(Instant since) {
            in(() -> {
                super.forgetEvents(since);
                return new ArrayList<>();
            });
        }

        @Override
        int forget(Instant before, int most) {
            return in(() -> super.forget(before, most));
        }
    }
}
