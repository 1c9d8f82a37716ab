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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.ergograph.bench.Turns.Variant;
import org.ergograph.bench.Turns.Window;
import org.ergograph.it.Await;
import org.ergograph.it.McpCaller;
import org.ergograph.it.Registered;
import org.ergograph.it.SdkUpstream;
import org.ergograph.it.ServerProcess;

/**
 * What the gateway adds to a call: the same tool of the same upstream server, called directly (twice alike: the controls) and
 * through {@code /mcp}, taking turns. One upstream server is the official Java SDK's, of a revision with a handshake; the
 * other speaks 2026-07-28 and takes as little time as it can.
 */
public final class GatewayBench {
    private static final int[] CONNECTIONS = {1, 8};
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private GatewayBench() {}

    public static void main(String[] arguments) throws Exception {
        int rounds = Integer.getInteger("bench.rounds", 8);
        double seconds = Double.parseDouble(System.getProperty("bench.seconds", "5"));
        int port = Integer.getInteger("bench.port", 9300);
        Path target = Path.of(System.getProperty("bench.target", "target"));
        Path home = Files.createDirectories(
                target.resolve("bench").resolve("gateway").toAbsolutePath());
        Process legacy = upstream(home, SdkUpstream.class, port + 1);
        Process modern = upstream(home, ModernUpstream.class, port + 2);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
                ServerProcess server = server(target, home, port, postgres)) {
            URI base = URI.create("http://localhost:" + port + "/");
            Registered.server(base, "legacy", "http://127.0.0.1:" + (port + 1) + "/mcp");
            Registered.server(base, "modern", "http://127.0.0.1:" + (port + 2) + "/mcp");
            List<Variant> variants = new ArrayList<>();
            variants.addAll(variants(server, "legacy", port + 1, McpCaller.LEGACY));
            variants.addAll(variants(server, "modern", port + 2, McpCaller.MODERN));
            for (Variant variant : variants) {
                Turns.warm(variant, CONNECTIONS[CONNECTIONS.length - 1]);
            }
            run(variants, rounds, seconds);
            if (Boolean.getBoolean("bench.profile")) {
                Profile.print(server.pid(), home.resolve("profile.jfr"), () -> load(variants.get(5)));
            }
            System.out.println(CLIENT.send(
                            HttpRequest.newBuilder(base.resolve("/api/v1/router/metrics"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body());
        } finally {
            legacy.destroy();
            modern.destroy();
            legacy.waitFor(10, TimeUnit.SECONDS);
            modern.waitFor(10, TimeUnit.SECONDS);
        }
    }

    private static Process upstream(Path home, Class<?> main, int port) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName(),
                        Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(home.resolve(main.getSimpleName() + ".log").toFile())
                .start();
    }

    private static ServerProcess server(Path target, Path home, int port, EmbeddedPostgres postgres) throws Exception {
        Path wlp = Path.of(
                System.getProperty("bench.wlp", target.resolve("liberty/wlp").toString()));
        Map<String, String> variables = new TreeMap<>(Map.of(
                "ergograph.db.class", "org.postgresql.ds.PGSimpleDataSource",
                "ergograph.db.url", "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres",
                "ergograph.db.user", "postgres",
                "ergograph.db.password", "postgres"));
        variables.put("ergograph.data.dir", home.resolve("data").toString());
        return ServerProcess.liberty(
                wlp,
                home,
                port,
                Path.of("liberty-config"),
                target.resolve("ergograph.war"),
                "/api/v1/servers?limit=1",
                variables);
    }

    /** The two controls and the call through the gateway. */
    private static List<Variant> variants(ServerProcess server, String name, int port, String revision)
            throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + port + "/mcp");
        Load.Target direct = target(uri, revision, "add", revision.equals(McpCaller.LEGACY) ? session(uri) : "");
        Load.Target through =
                target(URI.create("http://127.0.0.1:" + server.port() + "/mcp"), McpCaller.MODERN, name + "__add", "");
        return List.of(
                new Variant(name + ", direct 1", direct, server),
                new Variant(name + ", direct 2", direct, server),
                new Variant(name + ", gateway", through, server));
    }

    private static Load.Target target(URI uri, String revision, String tool, String session) throws Exception {
        McpCaller caller = new McpCaller(uri, revision);
        JsonObject params = Json.createObjectBuilder()
                .add("name", tool)
                .add("arguments", Json.createObjectBuilder().add("a", 20).add("b", 22))
                .build();
        String body = caller.message("tools/call", params);
        List<String> headers = new ArrayList<>();
        HttpRequest.Builder builder = caller.request("tools/call", tool);
        if (!session.isEmpty()) {
            builder.header("Mcp-Session-Id", session);
        }
        HttpRequest request = builder.POST(BodyPublishers.ofString(body)).build();
        request.headers().map().forEach((name, values) -> headers.addAll(List.of(name, values.get(0))));
        HttpResponse<String> answer = CLIENT.send(request, BodyHandlers.ofString());
        if (!answer.body().contains("\"42\"")) {
            throw new IllegalStateException("not what the tool should answer: " + answer.body());
        }
        return Load.Target.post(uri.getPort(), uri.getPath(), body, headers.toArray(new String[0]));
    }

    /** The id of a session with a server of a revision that begins with a handshake. */
    private static String session(URI uri) throws Exception {
        McpCaller caller = new McpCaller(uri, McpCaller.LEGACY);
        JsonObject params = Json.createObjectBuilder()
                .add("protocolVersion", McpCaller.LEGACY)
                .add("capabilities", Json.createObjectBuilder())
                .add(
                        "clientInfo",
                        Json.createObjectBuilder().add("name", "bench").add("version", "1"))
                .build();
        HttpResponse<String> answer = Await.until(
                "the upstream server answers",
                () -> CLIENT.send(
                        caller.request("initialize", "")
                                .POST(BodyPublishers.ofString(caller.message("initialize", params)))
                                .build(),
                        BodyHandlers.ofString()),
                response -> response.statusCode() == 200);
        String session = answer.headers().firstValue("Mcp-Session-Id").orElseThrow();
        CLIENT.send(
                caller.request("notifications/initialized", "")
                        .header("Mcp-Session-Id", session)
                        .POST(BodyPublishers.ofString("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}"))
                        .build(),
                BodyHandlers.discarding());
        return session;
    }

    private static void run(List<Variant> variants, int rounds, double seconds) throws Exception {
        System.out.printf(
                "%n%-18s %11s %9s %22s %9s %22s %9s %9s%n",
                "variant",
                "connections",
                "p50 us",
                "added us [min-max]",
                "p99 us",
                "added us [min-max]",
                "CPU us",
                "req/s");
        for (int connections : CONNECTIONS) {
            Map<Variant, List<Window>> windows = Turns.measure(variants, connections, rounds, seconds);
            for (int i = 0; i < variants.size(); i++) {
                Variant variant = variants.get(i);
                int control = i - i % 3;
                Compared compared = new Compared(
                        windows.get(variants.get(control)),
                        windows.get(variants.get(control + 1)),
                        windows.get(variant));
                System.out.printf(
                        Locale.ROOT,
                        "%-18s %11d %9.0f %22s %9.0f %22s %9.1f %9.0f%n",
                        variant.name(),
                        connections,
                        compared.median(Window::p50),
                        added(compared.differences(Window::p50)),
                        compared.median(Window::p99),
                        added(compared.differences(Window::p99)),
                        compared.median(Window::cpuMicros),
                        compared.median(Window::rate));
            }
        }
        System.out.println(
                "Added is what a call takes beyond the mean of the two direct controls, taken within each round:"
                        + " median [min-max]. CPU is the gateway process's, per call.");
    }

    private static String added(List<Double> micros) {
        double min = micros.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        double max = micros.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        return String.format(Locale.ROOT, "%.0f [%.0f-%.0f]", Turns.median(micros), min, max);
    }

    private static void load(Variant variant) {
        try {
            Load.run(variant.target(), CONNECTIONS[CONNECTIONS.length - 1], 20);
        } catch (Exception e) {
            throw new IllegalStateException("no load on " + variant.name(), e);
        }
    }
}
