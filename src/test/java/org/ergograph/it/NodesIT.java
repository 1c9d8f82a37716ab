package org.ergograph.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Two nodes over one PostgreSQL, both under load: the one that makes the rollups is killed as {@code kill -9} does in the midst
 * of it, and the other takes over. At any moment what the rollups of each tier tell is what the rows tell, for each series, node
 * and interval. How often is the property {@code it.takeovers}.
 */
@Tag("process")
@EnabledIfSystemProperty(
        named = "it.faults",
        matches = "true",
        disabledReason = "takes more than a minute: the profile faults runs it, and continuous integration does")
class NodesIT {
    private static final int TAKEOVERS = Integer.getInteger("it.takeovers", 1);
    private static final int PER_SECOND = 60;
    private static final Duration LEASE = Duration.ofSeconds(2);
    private static final Duration CATCH_UP = Duration.ofSeconds(60);
    private static final Duration MINUTE_AND_GRACE = Duration.ofSeconds(75);

    /** Minutes of an interval, by the number of its tier. */
    private static final List<Integer> TIERS = List.of(1, 5, 60, 1440);

    /** Intervals of which rows and rollups tell different figures; a part counts for its own tier and all above. */
    private static final String DIFFERENCES = """
            with told as (
                select series, node, start_minute / :minutes * :minutes as start, sum(count) as count,
                    sum(errors) as errors, sum(sum_nanos) as nanos
                from (select * from rollup where tier = :tier union all select * from rollup_part where tier <= :tier) r
                group by 1, 2, 3
            ), happened as (
                select series, node,
                    floor((extract(epoch from started_at) * 1000000000 + duration_nanos) / 60000000000 / :minutes)::integer
                        * :minutes as start,
                    count(*) as count, count(*) filter (where error_type <> 0) as errors, sum(duration_nanos) as nanos
                from audit group by 1, 2, 3
            )
            select s.name, node, start, t.count, h.count, t.errors, h.errors, t.nanos, h.nanos
            from told t full join happened h using (series, node, start) join series s on s.number = series
            where s.kind = 'http' and (t.count, t.errors, t.nanos) is distinct from (h.count, h.errors, h.nanos)
            """;

    private final Random random = new Random(20_261_101);
    private final Path home = Path.of("target/it/nodes").toAbsolutePath();
    private final Map<String, Node> nodes = new HashMap<>();
    private final List<Life> lives = new ArrayList<>();

    private record Node(String name, ServerProcess process, Server server, TracedLoad load) {}

    private record Life(String fault, Node node, long killedAt) {}

    @Test
    void nodeThatIsKilledInTheMidstOfTheRollupsIsFollowedByTheOther() throws Exception {
        Files.createDirectories(home);
        try (PostgresServer postgres = PostgresServer.start(home.resolve("postgres"))) {
            DataSource database = postgres.database();
            start("one", postgres);
            start("two", postgres);
            for (int takeover = 0; takeover < TAKEOVERS; takeover++) {
                String owner = Await.until("a node makes the rollups", () -> owner(database), name -> !name.isEmpty());
                String heir = owner.equals("one") ? "two" : "one";
                if (takeover % 2 == 0) {
                    killInTheMidst(owner, database);
                } else {
                    killAtRandom(owner);
                }
                assertAgreement(database);
                Await.until("the other node makes the rollups", () -> owner(database), heir::equals);
                Await.until(
                        "what was due is merged",
                        () -> rows(
                                database,
                                "select 1 from rollup_part where tier = 0 and start_minute * 60 + 65"
                                        + " < extract(epoch from now())"),
                        List::isEmpty);
                assertAgreement(database);
                start(owner, postgres);
            }
            finish(database);
        } finally {
            nodes.values().forEach(node -> node.process().close());
        }
    }

    private void start(String name, PostgresServer postgres) throws Exception {
        Map<String, String> settings = new HashMap<>(PostgresServer.settings(postgres.port()));
        settings.put("ergograph.data.dir", home.resolve(name).resolve("data").toString());
        settings.put("ergograph.node", name);
        settings.put("ergograph.rollup.interval", "PT0.1S");
        settings.put("ergograph.rollup.lease", LEASE.toString());
        boolean first = name.equals("one");
        int port = Integer.getInteger("it.process.port") + (first ? 0 : 1);
        String product = first ? "liberty" : "payara";
        ServerProcess process = ServerProcess.shipped(product, home.resolve(name), port, settings);
        Server server = new Server(product, URI.create("http://localhost:" + port + "/"), home);
        nodes.put(name, new Node(name, process, server, TracedLoad.on(port, PER_SECOND)));
    }

    /** The merge has deleted parts and waits for a lock to write the rows when its node dies. */
    private void killInTheMidst(String owner, DataSource database) throws Exception {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table rollup in share mode");
            boolean caught = Await.within(
                    MINUTE_AND_GRACE,
                    () -> !rows(
                                    database,
                                    "select 1 from pg_stat_activity where wait_event_type = 'Lock'"
                                            + " and query like '%rollup%' and query not like 'delete from rollup %'")
                            .isEmpty());
            assertThat(caught).as("a merge was caught").isTrue();
            kill("owner of the rollups, mid-merge", owner);
            connection.rollback();
        }
    }

    /** Within the second in which the minute's parts are merged. */
    private void killAtRandom(String owner) throws Exception {
        long intoMinute = System.currentTimeMillis() % 60_000;
        long due = 64_800L + random.nextInt(1_000);
        TimeUnit.MILLISECONDS.sleep((due - intoMinute) % 60_000);
        kill("owner of the rollups, at random", owner);
    }

    private void kill(String fault, String name) throws Exception {
        Node node = Objects.requireNonNull(nodes.get(name));
        long killedAt = System.nanoTime();
        node.process().kill();
        node.load().stop();
        lives.add(new Life(fault, node, killedAt));
    }

    private void finish(DataSource database) throws Exception {
        for (Node node : nodes.values()) {
            Await.until("some answers", () -> node.load().answered().cardinality(), answers -> answers >= PER_SECOND);
            node.load().stop();
            lives.add(new Life("two nodes, until the end", node, Long.MAX_VALUE));
        }
        List<FaultRun> runs = new ArrayList<>();
        long start = System.nanoTime();
        for (Life life : lives) {
            Await.within(CATCH_UP, () -> read(life, database, 0).missing() == 0);
            runs.add(read(life, database, (System.nanoTime() - start) / 1e9).told());
        }
        assertThat(runs).allMatch(FaultRun::exact, "each request answered in time is in the table once");
        assertAgreement(database);
        assertThat(rows(database, "select 1 from rollup r join series s on s.number = r.series where kind = 'http'"))
                .as("rollups of requests")
                .isNotEmpty();
        for (Node asked : nodes.values()) {
            for (String name : nodes.keySet()) {
                HttpResponse<String> rows = asked.server().get("/api/v1/audit?kind=http&limit=10&node=" + name);
                assertThat(rows.body()).as("rows of node %s", name).contains("\"node\":\"" + name + "\"");
            }
        }
    }

    private static FaultRun read(Life life, DataSource database, double seconds) throws SQLException {
        Node node = life.node();
        return FaultRun.of(life.fault(), node.server().name(), node.load(), life.killedAt(), database, 0, seconds);
    }

    /** The name of the node that holds the lease, or nothing. */
    private static String owner(DataSource database) throws SQLException {
        List<String> owners = rows(
                database, "select split_part(owner, '/', 1) from lease where name = 'rollup' and expires_at > now()");
        return owners.isEmpty() ? "" : owners.get(0);
    }

    private static void assertAgreement(DataSource database) throws SQLException {
        for (int tier = 0; tier < TIERS.size(); tier++) {
            String sql = DIFFERENCES
                    .replace(":tier", Integer.toString(tier))
                    .replace(":minutes", TIERS.get(tier).toString());
            assertThat(rows(database, sql))
                    .as("differences between rollups of %d minutes and rows", TIERS.get(tier))
                    .isEmpty();
        }
    }

    private static List<String> rows(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            int columns = found.getMetaData().getColumnCount();
            while (found.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    row.add(found.getString(i));
                }
                rows.add(String.join(" | ", row));
            }
            return rows;
        }
    }
}
