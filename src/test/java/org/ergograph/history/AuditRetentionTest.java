package org.ergograph.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.ergograph.database.DatabaseState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditRetentionTest {
    private static final int A_DAY = 24;

    private final FakeTime time = new FakeTime();
    private final DatabaseState state = new DatabaseState();

    private AuditRetention retention(DataSource dataSource, int days) {
        state.migrated();
        return new AuditRetention(new RetentionSettings(Duration.ofDays(days)), dataSource, state, time);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(time.now(), ZoneOffset.UTC);
    }

    /** One row for each hour of today. */
    private void fillToday(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into audit values (?, ?, 1, 0, 1, -1, -1, 1, 0, 0, 1, 0)")) {
            for (int hour = 0; hour < A_DAY; hour++) {
                insert.setObject(1, OffsetDateTime.of(today().atTime(hour, 30), ZoneOffset.UTC));
                insert.setLong(2, today().toEpochDay() * A_DAY + hour);
                insert.addBatch();
            }
            insert.executeBatch();
        }
        TestDatabase.execute(
                dataSource, "insert into audit_omission values ('" + today() + " 12:00:00+00', 1, 'sampled', 1)");
    }

    private static List<String> partitions(DataSource dataSource) {
        return TestDatabase.rows(
                dataSource,
                "select relname from pg_inherits join pg_class on oid = inhrelid where inhparent = 'audit'::regclass"
                        + " order by relname");
    }

    private static List<String> names(LocalDate first, LocalDate last) {
        return first.datesUntil(last.plusDays(1))
                .map(day -> "audit_" + day.toString().replace("-", ""))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void aYearLaterOnlyTheDaysThatAreToBeKeptAreThere(String product) throws Exception {
        DataSource dataSource = TestDatabase.of(product);
        AuditRetention retention = retention(dataSource, 30);
        LocalDate first = today();
        for (int day = 0; day < 365; day++) {
            retention.run();
            fillToday(dataSource);
            time.pass(Duration.ofDays(1));
        }
        retention.run();
        // The clock stands at some time of the day; on PostgreSQL the oldest day goes when all of it is too old.
        LocalDate oldest = today().minusDays(30);
        assertThat(today()).isEqualTo(first.plusDays(365));
        if (product.equals("postgresql")) {
            assertThat(partitions(dataSource)).isEqualTo(names(oldest, today().plusDays(3)));
            assertThat(TestDatabase.rows(dataSource, "select count(*) from audit"))
                    .containsExactly(Integer.toString(30 * A_DAY));
        } else {
            OffsetDateTime limit =
                    OffsetDateTime.ofInstant(time.now(), ZoneOffset.UTC).minusDays(30);
            long left = Stream.iterate(OffsetDateTime.of(first.atTime(0, 30), ZoneOffset.UTC), at -> at.plusHours(1))
                    .limit(365L * A_DAY)
                    .filter(at -> !at.isBefore(limit))
                    .count();
            assertThat(left).isBetween(29L * A_DAY, 30L * A_DAY);
            assertThat(TestDatabase.rows(dataSource, "select count(*) from audit"))
                    .containsExactly(Long.toString(left));
        }
        assertThat(TestDatabase.rows(dataSource, "select count(*) from audit_omission")
                        .get(0))
                .isIn("29", "30");
    }

    @Test
    void positionOfAJournalOutlivesEveryRowThatItCouldWriteAgain() {
        DataSource dataSource = TestDatabase.of("h2");
        TestDatabase.execute(dataSource, "insert into audit_journal values (7, 1, 10, '" + today() + " 00:00:00+00')");
        AuditRetention retention = retention(dataSource, 30);
        time.pass(Duration.ofDays(729));
        retention.run();
        assertThat(TestDatabase.rows(dataSource, "select run from audit_journal"))
                .containsExactly("7");
        time.pass(Duration.ofDays(3));
        retention.run();
        assertThat(TestDatabase.rows(dataSource, "select run from audit_journal"))
                .isEmpty();
    }

    @Test
    void nodesThatMakeTheSameDaysAtOnceMakeThemOnce() throws Exception {
        DataSource dataSource = TestDatabase.of("postgresql");
        List<CompletableFuture<Void>> nodes = new ArrayList<>();
        for (int node = 0; node < 4; node++) {
            nodes.add(CompletableFuture.runAsync(() -> {
                try (Connection connection = dataSource.getConnection()) {
                    new AuditPartitions().ensure(connection, today(), today().plusDays(20), 30);
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        for (CompletableFuture<Void> node : nodes) {
            node.get(60, TimeUnit.SECONDS);
        }
        assertThat(partitions(dataSource)).isEqualTo(names(today(), today().plusDays(20)));
    }

    @Test
    void dayIsMadeAndAnotherDroppedWhileTheTableIsReadAndWritten() throws Exception {
        DataSource dataSource = TestDatabase.of("postgresql");
        AuditRetention retention = retention(dataSource, 2);
        retention.run();
        fillToday(dataSource);
        LocalDate first = today();
        try (Connection reader = dataSource.getConnection();
                Statement reading = reader.createStatement()) {
            reader.setAutoCommit(false);
            assertThat(reading.execute("select count(*) from audit")).isTrue();
            time.pass(Duration.ofDays(5));
            CompletableFuture<Void> dropping = CompletableFuture.runAsync(retention::run);
            while (!dropping.isDone()) {
                // Nobody who writes waits: neither for the reader, nor for who waits for it.
                TestDatabase.execute(
                        dataSource,
                        "set statement_timeout = '2s'; insert into audit values ('" + first.plusDays(3)
                                + " 12:00:00+00', " + System.nanoTime() + ", 1, 0, 1, -1, -1, 1, 0, 0, 1, 0)");
            }
            assertThat(partitions(dataSource))
                    .contains("audit_" + today().plusDays(3).toString().replace("-", ""));
        }
        time.pass(Duration.ofMinutes(2));
        retention.run();
        assertThat(partitions(dataSource).get(0))
                .isEqualTo(names(first.plusDays(3), first.plusDays(3)).get(0));
    }

    @Test
    void knownDaysCostNoStatement() throws Exception {
        DataSource dataSource = TestDatabase.of("postgresql");
        AuditPartitions partitions = new AuditPartitions();
        Connection connection = dataSource.getConnection();
        partitions.ensure(connection, today(), today().plusDays(1), 30);
        connection.close();
        partitions.ensure(connection, today(), today().plusDays(1), 30);
        assertThat(partitions(dataSource)).hasSize(2);
    }
}
