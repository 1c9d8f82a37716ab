package org.ergograph.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javax.sql.DataSource;
import org.ergograph.history.TestDatabase;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpgradeTest {
    private static final int ROWS = 10_000;

    /** The rows as they were before the texts of series, error types and principals got numbers, in the order of their keys. */
    private static final String BEFORE = """
            select a.id, a.duration_nanos, a.trace_id_high, a.trace_id_low, s.kind, s.name, s.attribute_1, s.attribute_2,
                coalesce(a.request_bytes, -1), coalesce(a.response_bytes, -1), a.node, a.status,
                coalesce(a.error_type, ''), coalesce(a.principal, '')
            from audit a join series s on s.id = a.series_id order by a.started_at, a.id
            """;

    private static final String AFTER = """
            select a.id, a.duration_nanos, a.trace_id_high, a.trace_id_low, s.kind, s.name, s.attribute_1, s.attribute_2,
                a.request_bytes, a.response_bytes, a.node, a.status, coalesce(e.text, ''), coalesce(p.text, '')
            from audit a join series s on s.number = a.series
            left join term e on e.number = a.error_type left join term p on p.number = a.principal
            order by a.started_at, a.id
            """;

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void databaseOfTheThirdVersionHasEveryRowAndTextInTheNewest(String product) {
        DataSource dataSource = TestDatabase.empty(product);
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db-migrations/common", "classpath:db-migrations/" + product)
                .target("3")
                .load()
                .migrate();
        fill(dataSource, product);
        List<String> before = TestDatabase.rows(dataSource, BEFORE);
        List<String> servers = TestDatabase.rows(dataSource, "select * from upstream_server");
        List<String> states = TestDatabase.rows(dataSource, "select * from upstream_state");

        String version = new Schema(dataSource).migrate();

        assertThat(version).isNotEqualTo("3");
        assertThat(before).hasSize(ROWS);
        assertThat(TestDatabase.rows(dataSource, AFTER)).isEqualTo(before);
        assertThat(TestDatabase.rows(dataSource, "select * from upstream_server"))
                .isEqualTo(servers)
                .hasSize(1);
        assertThat(TestDatabase.rows(dataSource, "select * from upstream_state"))
                .isEqualTo(states)
                .hasSize(1);
        assertThat(TestDatabase.rows(dataSource, "select name from node where number = 2"))
                .containsExactly("n\u00fc-2");
        // A second time there is nothing to do.
        assertThat(new Schema(dataSource).migrate()).isEqualTo(version);
    }

    /** Texts that are hard to keep: quotes, letters beyond ASCII, an empty one beside none, and the longest. */
    private static void fill(DataSource dataSource, String product) {
        TestDatabase.execute(
                dataSource,
                "insert into node values (1, 'n-1', '2026-01-01 00:00:00+00'), (2, 'n\u00fc-2', '2026-01-01 00:00:00+00')");
        TestDatabase.execute(
                dataSource,
                "insert into series values (9000000000000000001, 'http', 'GET /a', 'GET', '/a'),"
                        + " (9000000000000000002, 'tool', 'it''s \u65e5\u672c', 'it''s \u65e5\u672c', ''),"
                        + " (5, 'db', repeat('x', 450), repeat('y', 200), repeat('z', 200))");
        String numbers = product.equals("h2")
                ? "system_range(1, " + ROWS + ") as g"
                : "generate_series(1, " + ROWS + ") as g(x)";
        String at = product.equals("h2")
                ? "dateadd(minute, g.x, timestamp with time zone '2026-03-28 22:00:00+00')"
                : "timestamptz '2026-03-28 22:00:00+00' + g.x * interval '1 minute'";
        TestDatabase.execute(dataSource, """
                insert into audit
                select %s, g.x, g.x * 1000, g.x * 7919, -g.x,
                    case mod(g.x, 3) when 0 then 9000000000000000001 when 1 then 9000000000000000002 else 5 end,
                    case when mod(g.x, 4) = 0 then null else g.x end, case when mod(g.x, 5) = 0 then null else 0 end,
                    1 + mod(g.x, 2), mod(g.x, 600),
                    case mod(g.x, 6) when 0 then null when 1 then '' when 2 then 'java.io.IOException'
                        else 'it''s \u00df ' || mod(g.x, 50) end,
                    case mod(g.x, 7) when 0 then null else 'user ' || mod(g.x, 300) end
                from %s
                """.formatted(at, numbers));
        TestDatabase.execute(
                dataSource,
                "insert into upstream_server values ('id', 'files', 'http://h/mcp', 'streamable-http',"
                        + " 'active', null, null, 1000, 1, '2026-01-01 00:00:00+00', '2026-01-01 00:00:00+00', '2026-01-01 00:00:00+00')");
        TestDatabase.execute(
                dataSource,
                "insert into upstream_state values ('id', 'n-1', '2026-01-01 00:00:00+00',"
                        + " '2026-01-02 00:00:00+00', 'healthy', null)");
    }
}
