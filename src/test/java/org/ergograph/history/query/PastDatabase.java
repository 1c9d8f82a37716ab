package org.ergograph.history.query;

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
import org.ergograph.history.rollup.PartBatch;
import org.ergograph.history.rollup.PartStore;
import org.ergograph.history.rollup.RollupReader;
import org.ergograph.history.rollup.RollupSettings;
import org.ergograph.history.rollup.Tier;

/** A database with a past that is told to it, and the history that answers from it. */
final class PastDatabase {
    private static final int TIMEOUT_SECONDS = 30;

    static final RollupSettings SETTINGS = new RollupSettings(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Map.of(
                    Tier.MINUTE, Duration.ofDays(1),
                    Tier.FIVE_MINUTES, Duration.ofDays(7),
                    Tier.HOUR, Duration.ofDays(90),
                    Tier.DAY, Duration.ofDays(730)));

    final History history;
    private final DataSource dataSource;
    private final EntityManagerFactory factory;
    private final PartBatch batch = new PartBatch();
    private final Map<String, Names> names = new HashMap<>();
    private final Connection connection;

    PastDatabase(String product) throws SQLException {
        dataSource = new KeptConnections(TestDatabase.of(product)).dataSource();
        connection = dataSource.getConnection();
        connection.setAutoCommit(false);
        factory = Persistence.createEntityManagerFactory(
                "ergograph",
                Map.of(
                        "jakarta.persistence.transactionType", "RESOURCE_LOCAL",
                        "jakarta.persistence.jtaDataSource", "",
                        "jakarta.persistence.nonJtaDataSource", dataSource,
                        "eclipselink.session-name", "past-" + System.nanoTime(),
                        "eclipselink.weaving", "false"));
        history = new History(
                new Dictionary(factory.createEntityManager()),
                new RollupRows(dataSource, new RollupReader(), Duration.ofSeconds(TIMEOUT_SECONDS)),
                SETTINGS);
    }

    private Names names(String node) {
        return names.computeIfAbsent(node, Names::new);
    }

    void http(String node, String method, String endpoint, Instant end, long nanos, boolean error) throws SQLException {
        int series = names(node)
                .series(
                        connection,
                        new Names.SeriesName("http", method + " " + endpoint, method, endpoint),
                        TIMEOUT_SECONDS);
        batch.duration(
                series,
                names(node).node(connection, TIMEOUT_SECONDS),
                end.getEpochSecond() * 1_000_000_000L,
                nanos,
                error);
    }

    void sample(String node, String name, String unit, Instant at, double value) throws SQLException {
        int series = names(node).series(connection, Names.SeriesName.ofSample(name, unit), TIMEOUT_SECONDS);
        batch.value(series, names(node).node(connection, TIMEOUT_SECONDS), at.getEpochSecond(), value);
    }

    void commit() throws SQLException {
        new PartStore().insert(connection, batch, TIMEOUT_SECONDS);
        connection.commit();
        batch.clear();
    }

    /** Everything of it at once. */
    RecordedGroups groups() {
        return new RecordedGroups(
                new Dictionary(factory.createEntityManager()),
                new RollupRows(dataSource, new RollupReader(), Duration.ofSeconds(TIMEOUT_SECONDS)),
                SETTINGS);
    }

    DataSource dataSource() {
        return dataSource;
    }

    void close() {
        factory.close();
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
