package org.ergograph.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.ergograph.bench.Turns.Variant;
import org.ergograph.bench.Turns.Window;
import org.ergograph.it.Await;
import org.ergograph.it.McpCaller;
import org.ergograph.it.Scrape;
import org.ergograph.it.ServerProcess;

/**
 * What {@code tools/call} of a trivial tool costs, with its arguments validated and everything recorded into PostgreSQL, beside
 * a servlet in another application of the same server that reads the same body as JSON and answers the same bytes. Two
 * identical ones of these are the controls. Fails if the limit is passed.
 */
public final class McpBench {
    private static final double LIMIT = 1.8;
    private static final int[] CONNECTIONS = {1, 8};

    private McpBench() {}

    public static void main(String[] arguments) throws Exception {
        int rounds = Integer.getInteger("bench.rounds", 8);
        double seconds = Double.parseDouble(System.getProperty("bench.seconds", "5"));
        Path target = Path.of(System.getProperty("bench.target", "target"));
        Path work = Files.createDirectories(target.resolve("bench").toAbsolutePath());
        Path classes = target.resolve("test-classes");
        Path full = Wars.added(work.resolve("full.war"), target.resolve("ergograph.war"), classes, "AddTool");
        Path configuration = configuration(work.resolve("mcp-configuration"));
        for (String name : List.of("bare-1", "bare-2")) {
            Wars.bare(configuration.resolve("dropins/" + name + ".war"), false, classes, "BareServlet");
        }
        boolean passed;
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
                ServerProcess server = server(target, work, configuration, full, postgres)) {
            List<Variant> variants = variants(server);
            passed = run(variants, rounds, seconds);
            if (Boolean.getBoolean("bench.profile")) {
                Variant tool = variants.get(2);
                Profile.print(server.pid(), work.resolve("mcp-profile.jfr"), () -> load(tool));
            }
            checkRecorded(server.port());
        }
        if (!passed) {
            System.exit(1);
        }
    }

    /** The shipped configuration with room for more applications. */
    private static Path configuration(Path directory) throws Exception {
        Files.createDirectories(directory.resolve("dropins"));
        try (Stream<Path> files = Files.list(Path.of("liberty-config"))) {
            for (Path file : files.toList()) {
                Files.copy(file, directory.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return directory;
    }

    private static ServerProcess server(Path target, Path work, Path configuration, Path war, EmbeddedPostgres postgres)
            throws Exception {
        Path wlp = Path.of(
                System.getProperty("bench.wlp", target.resolve("liberty/wlp").toString()));
        Map<String, String> variables = new TreeMap<>(Map.of(
                "ergograph.db.class", "org.postgresql.ds.PGSimpleDataSource",
                "ergograph.db.url", "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres",
                "ergograph.db.user", "postgres",
                "ergograph.db.password", "postgres"));
        Path home = work.resolve("mcp");
        variables.put("ergograph.data.dir", home.resolve("data").toString());
        return ServerProcess.liberty(
                wlp,
                home,
                Integer.getInteger("bench.port", 9300),
                configuration,
                war,
                "/api/v1/servers?limit=1",
                variables);
    }

    /** The two controls and the tool, all of which answer the same to the same. */
    private static List<Variant> variants(ServerProcess server) throws Exception {
        URI base = URI.create("http://localhost:" + server.port() + "/");
        McpCaller caller = new McpCaller(base.resolve("/mcp"), McpCaller.MODERN);
        JsonObject params = Json.createObjectBuilder()
                .add("name", "bench_add")
                .add("arguments", Json.createObjectBuilder().add("a", 20).add("b", 22))
                .build();
        String body = caller.message("tools/call", params);
        HttpClient client = HttpClient.newHttpClient();
        HttpResponse<String> answer = client.send(
                caller.request("tools/call", "bench_add")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        if (!answer.body().contains("{\"sum\":42}")) {
            throw new IllegalStateException("not what the tool should answer: " + answer.body());
        }
        List<Variant> variants = new ArrayList<>();
        for (String name : List.of("bare-1", "bare-2")) {
            URI uri = base.resolve("/" + name + "/mcp");
            Await.until(
                    name + " answers",
                    () -> client.send(
                                    HttpRequest.newBuilder(uri)
                                            .PUT(BodyPublishers.ofString(answer.body()))
                                            .build(),
                                    BodyHandlers.discarding())
                            .statusCode(),
                    status -> status == 200);
            variants.add(new Variant(name, target(server.port(), uri.getPath(), body), server));
        }
        variants.add(new Variant("tools/call", target(server.port(), "/mcp", body), server));
        return variants;
    }

    private static Load.Target target(int port, String path, String body) {
        return Load.Target.post(
                port,
                path,
                body,
                "Content-Type",
                "application/json",
                "Accept",
                "application/json, text/event-stream",
                "MCP-Protocol-Version",
                McpCaller.MODERN,
                "Mcp-Method",
                "tools/call",
                "Mcp-Name",
                "bench_add");
    }

    private static boolean run(List<Variant> variants, int rounds, double seconds) throws Exception {
        for (Variant variant : variants) {
            Turns.warm(variant, CONNECTIONS[CONNECTIONS.length - 1]);
        }
        System.out.printf(
                "%n%-12s %11s %9s %18s %9s %18s %9s %18s %9s%n",
                "variant",
                "connections",
                "p50 us",
                "/bare [min-max]",
                "p99 us",
                "/bare [min-max]",
                "CPU us",
                "/bare [min-max]",
                "req/s");
        boolean passed = true;
        for (int connections : CONNECTIONS) {
            Map<Variant, List<Window>> windows = Turns.measure(variants, connections, rounds, seconds);
            for (Variant variant : variants) {
                Compared compared =
                        new Compared(windows.get(variants.get(0)), windows.get(variants.get(1)), windows.get(variant));
                System.out.printf(
                        Locale.ROOT,
                        "%-12s %11d %9.0f %18s %9.0f %18s %9.1f %18s %9.0f%n",
                        variant.name(),
                        connections,
                        compared.median(Window::p50),
                        Turns.ratio(compared.ratios(Window::p50)),
                        compared.median(Window::p99),
                        Turns.ratio(compared.ratios(Window::p99)),
                        compared.median(Window::cpuMicros),
                        Turns.ratio(compared.ratios(Window::cpuMicros)),
                        compared.median(Window::rate));
                passed &= Turns.median(compared.ratios(Window::p50)) <= LIMIT;
            }
        }
        System.out.printf(
                Locale.ROOT,
                "Ratios are taken within each round, to the mean of the two controls: median [min-max]. CPU is the server"
                        + " process's. Limit of p50: %.1f times: %s%n",
                LIMIT,
                passed ? "kept" : "PASSED OVER");
        return passed;
    }

    private static void load(Variant variant) {
        try {
            Load.run(variant.target(), CONNECTIONS[CONNECTIONS.length - 1], 20);
        } catch (Exception e) {
            throw new IllegalStateException("no load on " + variant.name(), e);
        }
    }

    /** Shows what was recorded, and fails if a call has not its three rows or is counted as rejected. */
    private static void checkRecorded(int port) throws Exception {
        Scrape page = Await.until(
                "every call has its rows or is counted as rejected",
                () -> Scrape.parse(HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/metrics"))
                                        .build(),
                                BodyHandlers.ofString())
                        .body()),
                scrape -> calls(scrape) > 0 && rows(scrape, "written") + rows(scrape, "rejected") >= 3 * calls(scrape));
        System.out.printf(
                Locale.ROOT,
                "%.0f calls counted; rows: %.0f written, %.0f rejected%n",
                calls(page),
                rows(page, "written"),
                rows(page, "rejected"));
    }

    private static double calls(Scrape page) {
        return page.sum("mcp_tool_executions_total", "tool", "bench_add", "status", "success");
    }

    private static double rows(Scrape page, String result) {
        return page.sum("ergograph_audit_records_total", "result", result);
    }
}
