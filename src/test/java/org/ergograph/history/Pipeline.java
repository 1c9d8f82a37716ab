package org.ergograph.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.ergograph.database.DatabaseState;
import org.ergograph.history.journal.JournalFiles;
import org.ergograph.history.rollup.PartStore;
import org.ergograph.observation.NodeIdentity;
import org.ergograph.observation.Observation;

/** The way of observations into the database, as the application composes it; the test runs it. */
final class Pipeline {
    static final Duration A_WHILE = Duration.ofSeconds(10);
    static final Duration DURABILITY = Duration.ofSeconds(1);

    final AuditCounts counts = new AuditCounts();
    final FakeTime time;
    final HistorySink sink;
    final JournalFeed feed;
    final AuditWriter writer;

    /** How a test's pipeline is to be. */
    record Setup(
            DataSource dataSource,
            JournalFiles files,
            FakeTime time,
            DatabaseState database,
            String node,
            int queue,
            int batch,
            long journalMaxBytes,
            Duration databaseTimeout,
            SamplingSettings sampling) {
        static Setup of(DataSource dataSource, Path journal) {
            DatabaseState migrated = new DatabaseState();
            migrated.migrated();
            return new Setup(
                    dataSource,
                    JournalFiles.in(journal),
                    new FakeTime(),
                    migrated,
                    "node-a",
                    1024,
                    100,
                    64L << 20,
                    Duration.ofSeconds(1),
                    SamplingSettings.everything(Duration.ofMillis(500)));
        }

        Setup files(JournalFiles other) {
            return new Setup(
                    dataSource, other, time, database, node, queue, batch, journalMaxBytes, databaseTimeout, sampling);
        }

        Setup database(DatabaseState other) {
            return new Setup(
                    dataSource, files, time, other, node, queue, batch, journalMaxBytes, databaseTimeout, sampling);
        }

        Setup node(String other) {
            return new Setup(
                    dataSource, files, time, database, other, queue, batch, journalMaxBytes, databaseTimeout, sampling);
        }

        Setup queue(int other) {
            return new Setup(
                    dataSource, files, time, database, node, other, batch, journalMaxBytes, databaseTimeout, sampling);
        }

        Setup batch(int other) {
            return new Setup(
                    dataSource, files, time, database, node, queue, other, journalMaxBytes, databaseTimeout, sampling);
        }

        Setup journalMaxBytes(long other) {
            return new Setup(dataSource, files, time, database, node, queue, batch, other, databaseTimeout, sampling);
        }

        Setup databaseTimeout(Duration other) {
            return new Setup(dataSource, files, time, database, node, queue, batch, journalMaxBytes, other, sampling);
        }

        Setup sampling(SamplingSettings other) {
            return new Setup(
                    dataSource, files, time, database, node, queue, batch, journalMaxBytes, databaseTimeout, other);
        }

        Pipeline start() {
            return new Pipeline(this);
        }
    }

    private Pipeline(Setup setup) {
        this.time = setup.time;
        HistorySettings settings = new HistorySettings(
                setup.queue,
                setup.batch,
                Duration.ofMillis(250),
                setup.databaseTimeout,
                Duration.ofMillis(300),
                DURABILITY,
                Path.of("none"),
                setup.journalMaxBytes,
                setup.sampling);
        NodeIdentity node = new NodeIdentity(setup.node, "1", 0);
        this.sink = new HistorySink(settings, counts);
        this.feed = new JournalFeed(settings, sink, counts, node, time, setup.files);
        this.writer = new AuditWriter(
                settings, sink, feed, counts, setup.database, node, time, setup.dataSource, new PartStore(), List.of());
    }

    /** One with a journal in a directory that is nobody else's. */
    static Pipeline of(DataSource dataSource, String node) {
        try {
            return Setup.of(dataSource, Files.createTempDirectory("journal"))
                    .node(node)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void accept(Observation observation) {
        sink.accept(observation);
    }

    /** The journal is synced, and the database written. */
    void once() {
        time.pass(DURABILITY);
        feed.run();
        writer.run();
    }

    /** What the schedule does within some seconds: as {@link #once}, and what is in the database is made safe there. */
    void run() {
        once();
        time.pass(DURABILITY);
        writer.run();
    }

    /** As {@link #run}, when the pause after a failure is over. */
    void runLater() {
        time.pass(A_WHILE);
        run();
    }

    AuditState state() {
        return writer.state();
    }
}
