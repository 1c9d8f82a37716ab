package org.ergograph.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Alerts are delivered whatever happens to the servers and their database: at least once, and more often only where a server
 * died between sending and remembering that it had. How often are the properties {@code it.alert.kills} and
 * {@code it.alert.takeovers}.
 */
@Tag("process")
@EnabledIfSystemProperty(
        named = "it.faults",
        matches = "true",
        disabledReason = "takes minutes: the profile faults runs it, and continuous integration does")
class AlertFaultsIT {
    private static final int KILLS = Integer.getInteger("it.alert.kills", 2);
    private static final int TAKEOVERS = Integer.getInteger("it.alert.takeovers", 1);
    private static final int RULES_A_LIFE = 4;
    private static final int MANY = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration MINUTES = Duration.ofMinutes(4);
    private static final Pattern RULE = Pattern.compile("\\bfault-\\d+-\\d+\\b");

    private final Random random = new Random(20_261_120);
    private final Set<String> rules = new TreeSet<>();

    @Test
    void serverKilledBetweenDecisionAndDeliveryDeliversEachAlertAndAtMostOneTwice() throws Exception {
        Path home = Files.createDirectories(Path.of("target/it/alert-kills").toAbsolutePath());
        try (PostgresServer postgres = PostgresServer.start(home.resolve("postgres"));
                Inbox inbox = Inbox.open()) {
            int twice = 0;
            for (int life = 0; life <= KILLS; life++) {
                String product = life % 2 == 0 ? "liberty" : "payara";
                try (ServerProcess process = start(product, home.resolve(product), 0, postgres)) {
                    Server server = server(product, process);
                    if (life == 0) {
                        create(server, "/api/v1/channels", channel("hook", inbox.url("/hook")));
                    }
                    if (life == KILLS) {
                        await(inbox);
                        twice = repeated("alert kill no. " + life, inbox, twice, life);
                        break;
                    }
                    expire(postgres.database());
                    Await.until("the new server evaluates", () -> leader(postgres.database()), product::equals);
                    for (int i = 0; i < RULES_A_LIFE; i++) {
                        rule(server, "fault-" + life + "-" + i);
                    }
                    TimeUnit.MILLISECONDS.sleep(random.nextInt(1_500));
                    process.kill();
                }
                twice = repeated("alert kill no. " + (life + 1), inbox, twice, 1);
            }
            assertThat(twice).as("repetitions of all kills together").isLessThanOrEqualTo(KILLS);
            printUnknown(postgres.database());
        }
    }

    @Test
    void databaseThatIsGoneIsToldOfOnceByEachNodeAndThatItIsBackToo() throws Exception {
        Path home = Files.createDirectories(Path.of("target/it/alert-outage").toAbsolutePath());
        Pattern node = Pattern.compile("(?<=\"node\":\")(one|two)(?=\")");
        try (PostgresServer postgres = PostgresServer.start(home.resolve("postgres"));
                Inbox inbox = Inbox.open();
                ServerProcess one = start("liberty", home.resolve("one"), 0, postgres);
                ServerProcess two = start("payara", home.resolve("two"), 1, postgres)) {
            Server server = server("liberty", one);
            create(server, "/api/v1/channels", channel("hook", inbox.url("/hook")));
            create(server, "/api/v1/alert-rules", """
                    {"name": "fault-0-0", "scope": "external:health/database", "condition": "error_rate > 0.1",
                    "window": "PT1M", "evaluationPeriod": "PT1S", "for": "PT0S", "channels": ["hook"],
                    "severity": "critical"}""");
            rules.add("fault-0-0");
            for (ServerProcess each : new ServerProcess[] {one, two}) {
                Await.until(
                        "the database is well",
                        () -> server("any", each).get("/api/v1/health/database").statusCode(),
                        status -> status == 200);
            }
            // So that both have read the rule: a node that does not evaluate reads them every 15 s.
            TimeUnit.SECONDS.sleep(20);
            postgres.stop();
            boolean both = Await.within(
                    MINUTES, () -> inbox.counts(node, "firing").keySet().containsAll(Set.of("one", "two")));
            assertThat(both)
                    .as("both nodes told of it: %s", inbox.counts(node, "firing"))
                    .isTrue();
            TimeUnit.SECONDS.sleep(10); // a second message would come now
            Map<String, Integer> firing = inbox.counts(node, "firing");
            assertThat(firing).as("messages by node").isEqualTo(Map.of("one", 1, "two", 1));
            postgres.restart();
            // Afterwards it is one alert of all nodes, and the one that evaluates tells its end.
            boolean over =
                    Await.within(MINUTES, () -> !inbox.counts(RULE, "resolved").isEmpty());
            assertThat(over).as("told that it is over").isTrue();
            TimeUnit.SECONDS.sleep(10);
            Map<String, Integer> resolved = inbox.counts(node, "resolved");
            assertThat(resolved.values())
                    .as("messages by node: %s", resolved)
                    .isNotEmpty()
                    .allMatch(count -> count == 1);
            assertThat(inbox.counts(node, "firing")).isEqualTo(firing);
        }
    }

    @Test
    void twoNodesTellOfEachAlertOnceAndNoneIsLostWhereTheLeaderDies() throws Exception {
        Path home = Files.createDirectories(Path.of("target/it/alert-nodes").toAbsolutePath());
        Map<String, ServerProcess> nodes = new HashMap<>();
        try (PostgresServer postgres = PostgresServer.start(home.resolve("postgres"));
                Inbox inbox = Inbox.open()) {
            nodes.put("one", start("liberty", home.resolve("one"), 0, postgres));
            nodes.put("two", start("payara", home.resolve("two"), 1, postgres));
            create(server("liberty", node(nodes, "one")), "/api/v1/channels", channel("hook", inbox.url("/hook")));
            for (int i = 0; i < MANY; i++) {
                rule(server(i % 2 == 0 ? "one" : "two", node(nodes, i % 2 == 0 ? "one" : "two")), "fault-0-" + i);
            }
            await(inbox);
            TimeUnit.SECONDS.sleep(5);
            assertThat(inbox.counts(RULE, "firing"))
                    .hasSize(MANY)
                    .allSatisfy((name, count) -> assertThat(count).as(name).isOne());
            int twice = 0;
            for (int takeover = 1; takeover <= TAKEOVERS; takeover++) {
                String leader = Await.until("a node leads", () -> leader(postgres.database()), name -> !name.isEmpty());
                String other = leader.equals("one") ? "two" : "one";
                for (int i = 0; i < RULES_A_LIFE; i++) {
                    rule(server(other, node(nodes, other)), "fault-" + takeover + "-" + i);
                }
                TimeUnit.MILLISECONDS.sleep(random.nextInt(3_000));
                node(nodes, leader).kill();
                await(inbox);
                boolean first = leader.equals("one");
                nodes.put(leader, start(first ? "liberty" : "payara", home.resolve(leader), first ? 0 : 1, postgres));
                twice = repeated("leader killed no. " + takeover, inbox, twice, 1);
            }
            assertThat(twice).as("repetitions of all takeovers together").isLessThanOrEqualTo(TAKEOVERS);
            printUnknown(postgres.database());
        } finally {
            nodes.values().forEach(ServerProcess::close);
        }
    }

    private static ServerProcess node(Map<String, ServerProcess> nodes, String name) {
        return Objects.requireNonNull(nodes.get(name), name);
    }

    private static ServerProcess start(String product, Path home, int offset, PostgresServer postgres)
            throws Exception {
        Map<String, String> settings = new HashMap<>(PostgresServer.settings(postgres.port()));
        settings.put("ergograph.data.dir", home.resolve("data").toString());
        settings.put("ergograph.node", home.getFileName().toString());
        settings.put("ergograph.outbound.allow", "loopback");
        settings.put("ergograph.alerting.min-period", "PT1S");
        settings.put("ergograph.health.interval", "PT1S");
        int port = Integer.getInteger("it.process.port") + offset;
        return ServerProcess.shipped(product, home, port, settings);
    }

    private static Server server(String name, ServerProcess process) {
        return new Server(name, URI.create("http://localhost:" + process.port() + "/"), Path.of("target/it"));
    }

    private static String channel(String name, String url) {
        return """
                {"name": "%s", "type": "webhook", "url": "%s", "groupWait": "PT0S", "groupInterval": "PT0S",
                "perAlert": "PT0S", "perMinute": 6000}""".formatted(name, url);
    }

    /** Adds a rule that fires at once, and goes on. */
    private void rule(Server server, String name) throws Exception {
        rules.add(name);
        create(server, "/api/v1/alert-rules", """
                {"name": "%s", "condition": "count >= 0", "evaluationPeriod": "PT1S", "for": "PT0S",
                "channels": ["hook"]}""".formatted(name));
    }

    /** The answer may be lost with the server, but not what was answered. */
    private static void create(Server server, String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = server.send(
                server.request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private void await(Inbox inbox) throws Exception {
        boolean all = Await.within(
                PATIENCE, () -> inbox.counts(RULE, "firing").keySet().containsAll(rules));
        Set<String> lost = new TreeSet<>(rules);
        lost.removeAll(inbox.counts(RULE, "firing").keySet());
        assertThat(all).as("told of nobody: %s", lost).isTrue();
    }

    /** Counts what was told of more than once so far, and prints it. */
    private int repeated(String fault, Inbox inbox, int before, int most) {
        Map<String, Integer> told = inbox.counts(RULE, "firing");
        int twice = told.values().stream().mapToInt(count -> count - 1).sum();
        System.out.printf("%-24s %4d rules, %4d told of, %d repetitions%n", fault, rules.size(), told.size(), twice);
        assertThat(twice - before).as("repetitions of %s", fault).isLessThanOrEqualTo(most);
        return twice;
    }

    /** Prints how many kills fell between sending and remembering: without any, that nothing is told twice proves little. */
    private static void printUnknown(DataSource database) throws Exception {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select count(*) filter (where result = 'unknown'), count(*)" + " from notification_attempt")) {
            rows.next();
            System.out.printf("of %d attempts nobody can tell whether %d arrived%n", rows.getLong(2), rows.getLong(1));
        }
    }

    /** The dead server's lease ends now and not seconds later, which would be waited for each time. */
    private static void expire(DataSource database) throws Exception {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(
                    "update lease set expires_at = now() - interval '1 second' where name = 'alerting'");
        }
    }

    /** The name of the node that evaluates, or nothing. */
    private static String leader(DataSource database) throws Exception {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select split_part(owner, '/', 1) from lease where name = 'alerting' and expires_at > now()")) {
            return rows.next() ? rows.getString(1) : "";
        }
    }
}
