package org.ergograph.history;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.ergograph.database.DatabaseState;
import org.ergograph.history.rollup.PartStore;
import org.ergograph.observation.Kind;
import org.ergograph.observation.NodeIdentity;
import org.ergograph.observation.Observation;
import org.ergograph.observation.Periodic;
import org.ergograph.observation.Series;
import org.ergograph.observation.SeriesRegistry;
import org.ergograph.observation.TimeSource;

/** The ways of bringing rows into the audit table that are compared. All make the same rows: four a trace, of 50 series. */
final class IngestWays {
    /** A way; {@link #run} returns when the rows are committed. */
    interface Way {
        void run(int rows) throws Exception;
    }

    private static final int SERIES = 50;
    private static final int BATCH = 20_000;

    private static final class Clock implements TimeSource {
        private final long offset = System.currentTimeMillis() * 1_000_000 - System.nanoTime();

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public long epochNanos(long nanoTime) {
            return offset + nanoTime;
        }
    }

    private static final Clock CLOCK = new Clock();
    private static final List<Series> ALL = series();

    private IngestWays() {}

    private static List<Series> series() {
        SeriesRegistry registry = new SeriesRegistry(1000);
        return IntStream.range(0, SERIES)
                .mapToObj(i -> registry.resolve(Kind.HTTP, "GET", "/api/v1/things/" + i))
                .toList();
    }

    private static int status(int row) {
        return row % 100 == 99 ? 500 : 200;
    }

    /** Batches of rows in one transaction each, as numbers already. */
    static Way batches(DataSource dataSource, AuditInsert insert, int size) {
        return rows -> {
            AuditRows batch = new AuditRows(size);
            AuditIds ids = new AuditIds(1);
            SplittableRandom random = new SplittableRandom(1);
            BlockReader record = reader();
            try (Connection connection = dataSource.getConnection()) {
                connection.setAutoCommit(false);
                for (int row = 0; row < rows; row++) {
                    if (row % 4 == 0) {
                        record.traceIdHigh = random.nextLong();
                        record.traceIdLow = random.nextLong();
                    }
                    long now = CLOCK.epochNanos(System.nanoTime());
                    record.startEpochNanos = now;
                    record.durationNanos = 1_000_000 + row;
                    record.status = status(row);
                    record.requestBytes = -1;
                    record.responseBytes = 512;
                    batch.add(
                            record,
                            ids.next(now / 1_000_000),
                            1 + row % SERIES,
                            status(row) == 500 ? 1 : 0,
                            2 + row % 20,
                            1);
                    if (batch.size() == size || row == rows - 1) {
                        insert.insert(connection, batch, 60);
                        connection.commit();
                        batch.clear();
                    }
                }
            }
        };
    }

    private static BlockReader reader() {
        BlockWriter writer = new BlockWriter("none");
        writer.omission(0, Omission.SAMPLED, 1);
        try {
            return new BlockReader(writer.finish(), 1);
        } catch (BlockException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An entity and a transaction for each row. */
    static Way jpa(DataSource dataSource) {
        return rows -> {
            AuditIds ids = new AuditIds(2);
            SplittableRandom random = new SplittableRandom(1);
            try (EntityManagerFactory factory = Persistence.createEntityManagerFactory(
                            "ergograph",
                            Map.of(
                                    "jakarta.persistence.transactionType", "RESOURCE_LOCAL",
                                    "jakarta.persistence.jtaDataSource", "",
                                    "jakarta.persistence.nonJtaDataSource", dataSource,
                                    "eclipselink.weaving", "false",
                                    "eclipselink.logging.level", "SEVERE"));
                    EntityManager manager = factory.createEntityManager()) {
                for (int i = 0; i < rows; i++) {
                    long now = CLOCK.epochNanos(System.nanoTime());
                    AuditRow row = new AuditRow();
                    row.startedAt = CLOCK.now().atOffset(java.time.ZoneOffset.UTC);
                    row.id = ids.next(now / 1_000_000);
                    row.durationNanos = 1_000_000 + i;
                    row.traceIdHigh = random.nextLong();
                    row.traceIdLow = random.nextLong();
                    row.requestBytes = -1;
                    row.responseBytes = 512;
                    row.series = 1 + i % SERIES;
                    row.node = 1;
                    row.status = status(i);
                    manager.getTransaction().begin();
                    manager.persist(row);
                    manager.getTransaction().commit();
                    manager.clear();
                }
            }
        };
    }

    /** Ours: from the sink to the committed row, with a journal that is synced; as the schedule of the application runs it. */
    static Way ours(DataSource dataSource) {
        return rows -> {
            Path journal = Files.createTempDirectory("ingest");
            HistorySettings settings = new HistorySettings(
                    65_536,
                    BATCH,
                    Duration.ofMillis(250),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(1),
                    journal,
                    1L << 30,
                    SamplingSettings.everything(Duration.ofMillis(500)));
            AuditCounts counts = new AuditCounts();
            HistorySink sink = new HistorySink(settings, counts);
            NodeIdentity node = new NodeIdentity("bench", "1", 0);
            JournalFeed feed = new JournalFeed(settings, sink, counts, node, CLOCK);
            DatabaseState migrated = new DatabaseState();
            migrated.migrated();
            AuditWriter writer = new AuditWriter(
                    settings, sink, feed, counts, migrated, node, CLOCK, dataSource, new PartStore(), List.of());
            List<Thread> threads = List.of(start(feed), start(writer));
            produce(sink, rows);
            while (counts.written.sum() < rows) {
                TimeUnit.MILLISECONDS.sleep(1);
                if (counts.rejected.sum() + counts.dropped.sum() > 0) {
                    throw new IllegalStateException(writer.state().toString());
                }
            }
            for (Thread thread : threads) {
                thread.interrupt();
                thread.join();
            }
            writer.stop();
            delete(journal);
        };
    }

    private static Thread start(Periodic periodic) {
        Thread thread = new Thread(() -> {
            try {
                while (!Thread.interrupted()) {
                    TimeUnit.NANOSECONDS.sleep(periodic.interval().toNanos());
                    periodic.run();
                }
            } catch (InterruptedException e) {
                // the way has come to its end
            }
        });
        thread.start();
        return thread;
    }

    private static void produce(HistorySink sink, int rows) {
        SplittableRandom random = new SplittableRandom(1);
        long high = 0;
        long low = 0;
        int full = sink.ring().capacity() * 3 / 4;
        for (int row = 0; row < rows; row++) {
            if (row % 4 == 0) {
                high = random.nextLong();
                low = random.nextLong();
                // Callers do not wait; a benchmark has to, or most of it would be rejected.
                while (sink.ring().size() > full) {
                    LockSupport.parkNanos(100_000);
                }
            }
            sink.accept(new Observation(
                    ALL.get(row % SERIES),
                    CLOCK.epochNanos(System.nanoTime()),
                    1_000_000 + row,
                    status(row),
                    status(row) == 500 ? "Timeout" : null,
                    high,
                    low,
                    "user" + row % 20,
                    -1,
                    512,
                    -1,
                    false,
                    false));
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }

    static void empty(DataSource dataSource) throws SQLException {
        TestDatabase.execute(dataSource, "truncate table audit");
    }
}
