package org.ergograph.history.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.ergograph.database.DatabaseState;
import org.ergograph.database.Leases;
import org.ergograph.history.TestDatabase;
import org.ergograph.observation.NodeIdentity;
import org.ergograph.observation.TimeSource;
import org.ergograph.window.Distribution;
import org.ergograph.window.DistributionAdder;

/** A database with rollups, a clock that stands until it is moved, and what is known of what was put in. */
final class Rollups implements TimeSource {
    static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    static final RollupSettings SETTINGS = new RollupSettings(
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            Map.of(
                    Tier.MINUTE, Duration.ofDays(1),
                    Tier.FIVE_MINUTES, Duration.ofDays(7),
                    Tier.HOUR, Duration.ofDays(90),
                    Tier.DAY, Duration.ofDays(730)));

    final DataSource dataSource;
    private final DatabaseState state = new DatabaseState();
    private final PartStore store = new PartStore();
    private final Map<Integer, List<Distribution>> expected = new TreeMap<>();
    private Instant now = START;

    Rollups(DataSource dataSource) {
        this.dataSource = dataSource;
        state.migrated();
    }

    @Override
    public long nanoTime() {
        return 0;
    }

    @Override
    public long epochNanos(long nanoTime) {
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    void at(Duration afterStart) {
        now = START.plus(afterStart);
    }

    static long nanos(Instant instant) {
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }

    Leases leases(String node) {
        return new Leases(dataSource, new NodeIdentity(node, "1", 0));
    }

    RollupJob job(Leases leases, int chunk) {
        return job(dataSource, leases, chunk);
    }

    RollupJob job(DataSource through, Leases leases, int chunk) {
        return new RollupJob(SETTINGS, state, through, leases, this, List.of(), chunk);
    }

    /** Commits an observation of each duration, the first an error, that ended then; each is a part of its own. */
    void observe(int series, int node, Duration afterStart, long... durationsNanos) {
        for (int i = 0; i < durationsNanos.length; i++) {
            long nanos = durationsNanos[i];
            boolean error = i == 0;
            insert(batch -> batch.duration(series, node, nanos(START.plus(afterStart)), nanos, error));
        }
        expected.computeIfAbsent(series, s -> new ArrayList<>()).add(Distribution.of(1, durationsNanos));
    }

    void insert(Consumer<PartBatch> fill) {
        PartBatch batch = new PartBatch();
        fill.accept(batch);
        transact(connection -> store.insert(connection, batch, 10));
    }

    interface Work {
        void run(Connection connection) throws SQLException;
    }

    void transact(Work work) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            work.run(connection);
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    List<RollupRow> read(RollupQuery query) {
        List<RollupRow> rows = new ArrayList<>();
        transact(connection -> new RollupReader().read(connection, query, 10, rows::add));
        return rows;
    }

    /** What the tier and everything on its way to it says of the series. */
    Distribution sum(Tier tier, int series) {
        DistributionAdder adder = new DistributionAdder();
        RollupQuery query = new RollupQuery(
                tier,
                START.minus(Duration.ofDays(365)),
                START.plus(Duration.ofDays(365)),
                List.of(series),
                RollupQuery.Order.SERIES);
        for (RollupRow row : read(query)) {
            row.addTo(adder);
        }
        return adder.take();
    }

    /** Everything that was observed is at every one of the tiers, once. */
    void assertComplete(Tier... tiers) {
        assertThat(expected).isNotEmpty();
        for (Tier tier : tiers) {
            expected.forEach((series, parts) ->
                    assertSame(tier + " of " + series, sum(tier, series), Distribution.merged(parts)));
        }
    }

    static void assertSame(String what, Distribution actual, Distribution expected) {
        assertThat(figures(actual)).as(what).isEqualTo(figures(expected));
        assertThat(actual.compact()).as(what).isEqualTo(expected.compact());
    }

    private static List<Long> figures(Distribution distribution) {
        return List.of(
                distribution.count(),
                distribution.errors(),
                distribution.sumNanos(),
                distribution.minNanos(),
                distribution.maxNanos());
    }

    /** The numbers of rows and of parts per tier. */
    List<String> rows() {
        return TestDatabase.rows(dataSource, "select tier, count(*) from rollup group by tier order by tier");
    }

    List<String> parts() {
        return TestDatabase.rows(dataSource, "select tier, count(*) from rollup_part group by tier order by tier");
    }

    void registerSeries(int... numbers) {
        for (int number : numbers) {
            TestDatabase.execute(
                    dataSource,
                    "insert into series (number, kind, name, attribute_1, attribute_2) values (%d, 'method', 's%d', 's%d', '')"
                            .formatted(number, number, number));
        }
    }

    /** As if the owner of the lease had been silent for long enough. */
    void expireLease() {
        TestDatabase.execute(dataSource, "update lease set expires_at = current_timestamp - interval '1' second");
    }
}
