package org.ergograph.notify.backtest;

import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.ergograph.history.TestDatabase;
import org.ergograph.history.names.Dictionary;
import org.ergograph.history.names.Names;
import org.ergograph.history.query.RecordedIntervals;
import org.ergograph.history.rollup.PartBatch;
import org.ergograph.history.rollup.PartStore;
import org.ergograph.history.rollup.RollupSettings;
import org.ergograph.history.rollup.Tier;

/** A database whose record is what the test puts in. */
final class PastRecord implements AutoCloseable {
    private static final int TIMEOUT_SECONDS = 30;

    private static final RollupSettings SETTINGS = new RollupSettings(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Map.of(
                    Tier.MINUTE, Duration.ofDays(1),
                    Tier.FIVE_MINUTES, Duration.ofDays(7),
                    Tier.HOUR, Duration.ofDays(90),
                    Tier.DAY, Duration.ofDays(730)));

    final RecordedIntervals intervals;
    private final EntityManagerFactory factory;
    private final Connection connection;
    private final PartBatch batch = new PartBatch();
    private final Map<String, Names> names = new HashMap<>();

    PastRecord(String product) throws SQLException {
        DataSource dataSource = TestDatabase.of(product);
        connection = dataSource.getConnection();
        connection.setAutoCommit(false);
        factory = Persistence.createEntityManagerFactory(
                "ergograph",
                Map.of(
                        "jakarta.persistence.transactionType", "RESOURCE_LOCAL",
                        "jakarta.persistence.jtaDataSource", "",
                        "jakarta.persistence.nonJtaDataSource", dataSource,
                        "eclipselink.session-name", "back-test-" + System.nanoTime(),
                        "eclipselink.weaving", "false"));
        intervals = new RecordedIntervals(new Dictionary(factory.createEntityManager()), dataSource, SETTINGS);
    }

    /** Calls of a tool on a node that ended then. */
    void tool(String node, String tool, Instant end, int count, long millis, boolean error) throws SQLException {
        Names of = names.computeIfAbsent(node, Names::new);
        int series = of.series(connection, new Names.SeriesName("tool", tool, tool, "general"), TIMEOUT_SECONDS);
        for (int i = 0; i < count; i++) {
            batch.duration(
                    series,
                    of.node(connection, TIMEOUT_SECONDS),
                    end.getEpochSecond() * 1_000_000_000L,
                    millis * 1_000_000L,
                    error);
        }
    }

    void sample(String node, String name, Instant at, double value) throws SQLException {
        Names of = names.computeIfAbsent(node, Names::new);
        int series = of.series(connection, Names.SeriesName.ofSample(name, "%"), TIMEOUT_SECONDS);
        batch.value(series, of.node(connection, TIMEOUT_SECONDS), at.getEpochSecond(), value);
    }

    void commit() throws SQLException {
        new PartStore().insert(connection, batch, TIMEOUT_SECONDS);
        connection.commit();
        batch.clear();
    }

    @Override
    public void close() throws SQLException {
        factory.close();
        connection.close();
    }
}
