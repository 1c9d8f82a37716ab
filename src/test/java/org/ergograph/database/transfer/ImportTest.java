package org.ergograph.database.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.ergograph.history.AuditDays;
import org.ergograph.history.TestDatabase;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportTest {
    private static final int ROWS = 60_000;

    @TempDir
    Path directory;

    private String url() {
        return "jdbc:h2:file:" + directory.resolve("ergograph");
    }

    private DataSource h2() {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL(url());
        dataSource.setUser("ergograph");
        dataSource.setPassword("secret");
        return dataSource;
    }

    private ImportSettings settings() {
        return new ImportSettings(url(), "ergograph", "secret");
    }

    private Import importing(DataSource target, BeforeRows... more) {
        List<BeforeRows> preparations = new ArrayList<>(List.of(new AuditDays()));
        preparations.addAll(List.of(more));
        return new Import(settings(), target, preparations);
    }

    private DataSource filled(int rows) throws SQLException {
        DataSource h2 = TestDatabase.migrated(h2(), "h2");
        // Else each statement would open the file and close it.
        try (Connection held = h2.getConnection()) {
            fill(h2, rows);
            held.clearWarnings();
        }
        return h2;
    }

    private static void fill(DataSource h2, int rows) {
        TestDatabase.execute(h2, "insert into node values (1, 'n-1', '2026-01-01 00:00:00+00')");
        TestDatabase.execute(
                h2,
                "insert into series values (1, 'http', 'GET /a', 'GET', '/a'), (2, 'tool', 'it''s \u65e5\u672c', 'x', '')");
        TestDatabase.execute(h2, "insert into term values (1, 'java.io.IOException'), (2, 'J\u00fcrgen \u00df')");
        TestDatabase.execute(
                h2,
                "insert into audit select dateadd(second, x * 7, timestamp with time zone '2026-03-28 22:00:00.123456+00'),"
                        + " x * 31, x * 1000, x * 7919, -x, x, -1, 1 + mod(x, 2), mod(x, 2), mod(x, 3), 1, mod(x, 600)"
                        + " from system_range(1, " + rows + ")");
        TestDatabase.execute(
                h2, "insert into audit_journal values (4611686018427387904, 1, 12345, '2026-01-01 00:00:00+00')");
        TestDatabase.execute(h2, "insert into audit_omission values ('2026-01-01 00:01:00+00', 1, 'sampled', 17)");
        TestDatabase.execute(h2, "insert into lease values ('rollups', 'n-1', '2026-01-01 00:01:00+00')");
        for (int i = 0; i < 20; i++) {
            TestDatabase.execute(
                    h2,
                    "insert into upstream_server values ('id-" + i + "', 'files-" + i
                            + "', 'http://h/mcp', 'streamable-http', 'active', null, null, 1000, 1, '2026-01-01 00:00:00+00',"
                            + " '2026-01-01 00:00:00+00', '2026-01-01 00:00:00+00')");
            TestDatabase.execute(h2, "insert into upstream_server_tag values ('t', 'id-" + i + "')");
        }
        TestDatabase.execute(
                h2,
                "insert into upstream_state values ('id-1', 'n-1', '2026-01-01 00:00:00+00',"
                        + " '2026-01-02 00:00:00+00', 'healthy', null)");
        for (String table : List.of("rollup", "rollup_part")) {
            TestDatabase.execute(
                    h2,
                    "insert into " + table
                            + " values (3, 1, 9007199254740993, 1, 9, null, null, null, 1, 29000000, 0, 1, x'00ff10'),"
                            + " (2, 0, null, null, null, 0.1, -1.5, 2e300, 2, 29000000, 3, 1, x'')");
        }
    }

    private static String rollups(String table) {
        return "select count, errors, sum_nanos, value_sum, value_min, value_max, series, start_minute, tier, node,"
                + " octet_length(sketch) from " + table + " order by series";
    }

    private static void assertSame(DataSource h2, DataSource target) {
        List<String> tables = TestDatabase.rows(
                h2,
                "select table_name from information_schema.tables where table_schema = 'PUBLIC'"
                        + " and table_name not in ('flyway_schema_history', 'IMPORT_PROGRESS', 'LEASE')");
        assertThat(tables).hasSizeGreaterThan(8);
        for (String table : tables) {
            String count = "select count(*) from " + table.toLowerCase(Locale.ROOT);
            assertThat(TestDatabase.rows(target, count)).as(table).isEqualTo(TestDatabase.rows(h2, count));
        }
        for (String sum : List.of(
                "select count(distinct id), sum(id), sum(duration_nanos), sum(trace_id_high), sum(trace_id_low),"
                        + " sum(request_bytes), sum(response_bytes), sum(series), sum(error_type), sum(principal),"
                        + " sum(node), sum(status), cast(sum(extract(epoch from started_at)) as decimal(30, 6)) from audit",
                "select number, kind, name, attribute_1, attribute_2 from series order by number",
                "select number, text from term order by number",
                "select run, node, position from audit_journal",
                "select node, reason, count from audit_omission",
                rollups("rollup"),
                rollups("rollup_part"),
                "select id, name, url, timeout_millis from upstream_server order by id",
                "select tag, server_id from upstream_server_tag order by server_id")) {
            assertThat(TestDatabase.rows(target, sum)).as(sum).isEqualTo(TestDatabase.rows(h2, sum));
        }
    }

    /** Fails with the chunk of this number of the audit table. */
    private static BeforeRows failingAt(int chunk) {
        int[] chunks = {0};
        return (connection, table, moments) -> {
            if (table.equals("audit") && ++chunks[0] == chunk) {
                throw new SQLException("killed");
            }
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void importThatIsKilledInTheMiddleGoesOnAndNothingIsMissingOrTwice(String product) throws Exception {
        DataSource h2 = filled(ROWS);
        DataSource target = TestDatabase.of(product);
        for (int chunk : List.of(3, 9)) {
            assertThatThrownBy(() -> importing(target, failingAt(chunk)).run(told -> {}))
                    .hasMessage("killed");
        }
        assertThat(TestDatabase.rows(target, "select count(*) from audit"))
                .containsExactly(Integer.toString(10 * TableCopy.CHUNK));
        List<String> told = new ArrayList<>();
        importing(target).run(told::add);
        assertThat(told).contains("import: audit, " + ROWS + " of " + ROWS + " rows");
        assertSame(h2, target);
        assertThat(TestDatabase.rows(target, "select name from lease")).isEmpty();

        // With the key still set, and rows of its own since: nothing is done, and nothing is refused.
        TestDatabase.execute(target, "insert into term values (3, 'new')");
        importing(target).run(told::add);
        assertThat(TestDatabase.rows(target, "select count(*) from audit")).containsExactly(Integer.toString(ROWS));
    }

    @Test
    void nodesThatImportAtOnceTakeTurns() throws Exception {
        DataSource h2 = filled(20 * TableCopy.CHUNK + 1);
        DataSource target = TestDatabase.of("postgresql");
        assertThatThrownBy(() -> importing(target, failingAt(1)).run(told -> {}))
                .hasMessage("killed");
        List<CompletableFuture<Void>> nodes = new ArrayList<>();
        for (int node = 0; node < 2; node++) {
            nodes.add(CompletableFuture.runAsync(() -> {
                try {
                    importing(target).run(told -> {});
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        for (CompletableFuture<Void> node : nodes) {
            node.get(120, TimeUnit.SECONDS);
        }
        assertSame(h2, target);
    }

    @Test
    void targetWithRowsOfItsOwnIsRefused() throws Exception {
        filled(10);
        DataSource target = TestDatabase.of("postgresql");
        TestDatabase.execute(target, "insert into term values (3, 'new')");
        assertThatThrownBy(() -> importing(target).run(told -> {}))
                .isInstanceOf(ImportRefused.class)
                .hasMessageContaining("there are rows in term already");
        assertThat(TestDatabase.rows(target, "select count(*) from audit")).containsExactly("0");
    }

    @Test
    void anotherDatabaseAfterwardsIsRefused() throws Exception {
        filled(10);
        DataSource target = TestDatabase.of("postgresql");
        importing(target).run(told -> {});
        Import other = new Import(
                new ImportSettings(url() + ";DB_CLOSE_DELAY=0", "ergograph", "secret"),
                target,
                List.of(new AuditDays()));
        assertThatThrownBy(() -> other.run(told -> {})).hasMessageContaining("another database was imported before");
    }

    @Test
    void missingDatabaseIsAFaultAndNotAnEmptyOne() {
        DataSource target = TestDatabase.of("postgresql");
        assertThatThrownBy(() -> importing(target).run(told -> {})).isInstanceOf(SQLException.class);
        assertThat(Files.exists(directory.resolve("ergograph.mv.db"))).isFalse();
    }

    @Test
    void olderSchemaIsRefusedWithWhatToDo() throws Exception {
        DataSource h2 = filled(10);
        TestDatabase.execute(h2, "delete from \"flyway_schema_history\" where \"installed_rank\" > 3");
        assertThatThrownBy(() -> importing(TestDatabase.of("postgresql")).run(told -> {}))
                .hasMessageContaining("start this release once with that database");
    }

    @Test
    void withoutAUrlNothingIsDone() throws Exception {
        new Import(new ImportSettings("", "", ""), TestDatabase.of("h2"), List.of()).run(told -> {
            throw new IllegalStateException("nothing to tell");
        });
    }
}
