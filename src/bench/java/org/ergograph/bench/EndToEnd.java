package org.ergograph.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.ergograph.bench.Turns.Variant;
import org.ergograph.bench.Turns.Window;
import org.ergograph.it.Await;
import org.ergograph.it.Scrape;
import org.ergograph.it.ServerProcess;

/**
 * What recording costs a server, end to end: a trivial GET against Open Liberty with and without Ergograph. All variants
 * run side by side and take turns, so that whatever else the machine does hits all of them; two identical bare controls tell
 * the noise. CPU is the server process's own, as the operating system counts it. An earlier build's WAR, named by
 * {@code -Dbench.before}, takes its turns beside ours.
 */
public final class EndToEnd {
    private static final String PATH = "/api/v1/hello";
    private static final int CONNECTIONS = 8;

    private EndToEnd() {}

    public static void main(String[] arguments) throws Exception {
        int rounds = Integer.getInteger("bench.rounds", 8);
        double seconds = Double.parseDouble(System.getProperty("bench.seconds", "5"));
        Path target = Path.of(System.getProperty("bench.target", "target"));
        Path wlp = Path.of(
                System.getProperty("bench.wlp", target.resolve("liberty/wlp").toString()));
        Path work = Files.createDirectories(target.resolve("bench").toAbsolutePath());
        Path classes = target.resolve("test-classes");
        Path shipped = Path.of("liberty-config").toAbsolutePath();
        Path minimal = Path.of("src/bench/liberty").toAbsolutePath();
        Path bare = Wars.bare(work.resolve("bare.war"), true, classes, "HelloResource", "BareApplication");
        Path full = Wars.added(work.resolve("full.war"), target.resolve("ergograph.war"), classes, "HelloResource");

        List<Variant> servers = new ArrayList<>();
        String before = System.getProperty("bench.before", "");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
            Map<String, String> off = Map.of("ergograph.enabled", "false");
            int port = Integer.getInteger("bench.port", 9300);
            try {
                servers.add(server(wlp, work, "bare-1", port++, minimal, bare, Map.of()));
                servers.add(server(wlp, work, "bare-2", port++, minimal, bare, Map.of()));
                servers.add(server(wlp, work, "features", port++, shipped, bare, Map.of()));
                servers.add(server(wlp, work, "off", port++, shipped, full, off));
                servers.add(server(wlp, work, "on-postgresql", port++, shipped, full, on(postgres, "ours")));
                servers.add(server(wlp, work, "on-h2", port++, shipped, full, Map.of()));
                if (!before.isEmpty()) {
                    Path earlier = Wars.added(work.resolve("before.war"), Path.of(before), classes, "HelloResource");
                    servers.add(
                            server(wlp, work, "before-postgresql", port++, shipped, earlier, on(postgres, "earlier")));
                    servers.add(server(wlp, work, "before-h2", port++, shipped, earlier, Map.of()));
                }
                for (Variant server : servers) {
                    Turns.warm(server, CONNECTIONS);
                }
                print(servers, Turns.measure(servers, CONNECTIONS, rounds, seconds));
                if (Boolean.getBoolean("bench.profile")) {
                    Variant on = servers.get(4);
                    Profile.print(on.process().pid(), work.resolve("profile.jfr"), () -> load(on, 20));
                }
                checkRecorded(servers.get(4));
                checkRecorded(servers.get(5));
            } finally {
                for (Variant server : servers) {
                    server.process().close();
                }
            }
        }
    }

    /** The settings that record into a new database of this name. */
    private static Map<String, String> on(EmbeddedPostgres postgres, String database) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + database);
        }
        return Map.of(
                "ergograph.db.class", "org.postgresql.ds.PGSimpleDataSource",
                "ergograph.db.url", "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/" + database,
                "ergograph.db.user", "postgres",
                "ergograph.db.password", "postgres");
    }

    private static Variant server(
            Path wlp, Path work, String name, int port, Path configuration, Path war, Map<String, String> more)
            throws Exception {
        Map<String, String> variables = new TreeMap<>(more);
        variables.put("ergograph.data.dir", work.resolve(name).resolve("data").toString());
        System.out.println("starting " + name + " on port " + port);
        ServerProcess process =
                ServerProcess.liberty(wlp, work.resolve(name), port, configuration, war, PATH, variables);
        return new Variant(name, Load.Target.get(port, PATH), process);
    }

    private static void load(Variant variant, double seconds) {
        try {
            Load.run(variant.target(), CONNECTIONS, seconds);
        } catch (Exception e) {
            throw new IllegalStateException("no load on " + variant.name(), e);
        }
    }

    private static void print(List<Variant> servers, Map<Variant, List<Window>> windows) {
        List<Window> first = windows.get(servers.get(0));
        List<Window> second = windows.get(servers.get(1));
        List<Window> features = windows.get(servers.get(2));
        System.out.println();
        System.out.printf(
                "%-18s %9s %18s %18s %9s %9s %9s %10s%n",
                "variant", "CPU us", "/bare [min-max]", "/features [..]", "req/s", "p50 us", "p99 us", "requests");
        for (Variant server : servers) {
            List<Window> mine = windows.get(server);
            List<Double> toBare = new ArrayList<>();
            List<Double> toFeatures = new ArrayList<>();
            for (int i = 0; i < mine.size(); i++) {
                double bare = (first.get(i).cpuMicros() + second.get(i).cpuMicros()) / 2;
                toBare.add(mine.get(i).cpuMicros() / bare);
                toFeatures.add(mine.get(i).cpuMicros() / features.get(i).cpuMicros());
            }
            System.out.printf(
                    Locale.ROOT,
                    "%-18s %9.2f %18s %18s %9.0f %9.0f %9.0f %10d%n",
                    server.name(),
                    Turns.median(mine.stream().map(Window::cpuMicros).toList()),
                    Turns.ratio(toBare),
                    Turns.ratio(toFeatures),
                    Turns.median(mine.stream().map(Window::rate).toList()),
                    Turns.median(mine.stream().map(Window::p50).toList()),
                    Turns.median(mine.stream().map(Window::p99).toList()),
                    mine.stream().mapToLong(Window::requests).sum());
        }
        System.out.println("CPU us: processor time of the server process per request, median of the rounds; ratios are"
                + " taken within each round: median [min-max].");
    }

    /** Shows what was recorded, and fails if a request has neither a row nor is counted as rejected. */
    private static void checkRecorded(Variant variant) throws Exception {
        Scrape page = Await.until(
                "every request of " + variant.name() + " has a row or is counted as rejected",
                () -> Scrape.parse(get(variant, "/metrics")),
                scrape ->
                        requests(scrape) > 0 && rows(scrape, "written") + rows(scrape, "rejected") >= requests(scrape));
        System.out.printf(
                Locale.ROOT,
                "%s: %.0f requests counted; rows: %.0f written, %.0f rejected%n",
                variant.name(),
                requests(page),
                rows(page, "written"),
                rows(page, "rejected"));
    }

    /** All requests, also those that asked whether the server had started. */
    private static double requests(Scrape page) {
        return page.sum("mcp_http_requests_total");
    }

    private static double rows(Scrape page, String result) {
        return page.sum("ergograph_audit_records_total", "result", result);
    }

    private static String get(Variant variant, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        "http://localhost:" + variant.process().port() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
