package org.ergograph.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.ergograph.it.Await;
import org.ergograph.it.Scrape;
import org.ergograph.it.ServerProcess;

/**
 * What recording costs a server, end to end: a trivial GET against Open Liberty with and without Ergograph. All variants
 * run side by side and take turns, so that whatever else the machine does hits all of them; two identical bare controls tell
 * the noise. CPU is the server process's own, as the operating system counts it.
 */
public final class EndToEnd {
    private static final String PATH = "/api/v1/hello";
    private static final int CONNECTIONS = 8;

    private record Variant(String name, ServerProcess process) {
        int port() {
            return process.port();
        }
    }

    private record Window(double cpuMicros, double rate, double p50, double p99, long requests) {}

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
        Path bare = war(work.resolve("bare.war"), null, classes, "HelloResource", "BareApplication");
        Path full = war(work.resolve("full.war"), target.resolve("ergograph.war"), classes, "HelloResource");

        List<Variant> servers = new ArrayList<>();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
            Map<String, String> off = Map.of("ergograph.enabled", "false");
            Map<String, String> onPostgres = Map.of(
                    "ergograph.db.class", "org.postgresql.ds.PGSimpleDataSource",
                    "ergograph.db.url", "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres",
                    "ergograph.db.user", "postgres",
                    "ergograph.db.password", "postgres");
            int port = Integer.getInteger("bench.port", 9300);
            try {
                servers.add(server(wlp, work, "bare-1", port++, minimal, bare, Map.of()));
                servers.add(server(wlp, work, "bare-2", port++, minimal, bare, Map.of()));
                servers.add(server(wlp, work, "features", port++, shipped, bare, Map.of()));
                servers.add(server(wlp, work, "off", port++, shipped, full, off));
                servers.add(server(wlp, work, "on-postgresql", port++, shipped, full, onPostgres));
                servers.add(server(wlp, work, "on-h2", port++, shipped, full, Map.of()));
                measure(servers, rounds, seconds);
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

    private static Variant server(
            Path wlp, Path work, String name, int port, Path configuration, Path war, Map<String, String> more)
            throws Exception {
        Map<String, String> variables = new TreeMap<>(more);
        variables.put("ergograph.data.dir", work.resolve(name).resolve("data").toString());
        System.out.println("starting " + name + " on port " + port);
        ServerProcess process =
                ServerProcess.liberty(wlp, work.resolve(name), port, configuration, war, PATH, variables);
        return new Variant(name, process);
    }

    private static void measure(List<Variant> servers, int rounds, double seconds) throws Exception {
        for (Variant server : servers) {
            warm(server);
        }
        Map<Variant, List<Window>> windows = new LinkedHashMap<>();
        servers.forEach(server -> windows.put(server, new ArrayList<>()));
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < servers.size(); i++) {
                // Every other round runs backwards, so that no variant always follows the same one.
                Variant server = servers.get(round % 2 == 0 ? i : servers.size() - 1 - i);
                windows.get(server).add(window(server, seconds));
            }
        }
        print(servers, windows);
    }

    /** Loads until three windows in a row agree on the CPU of a request within 5%, at least 30 s and at most 3 min. */
    private static void warm(Variant server) throws Exception {
        List<Double> last = new ArrayList<>();
        for (int i = 0; i < 36; i++) {
            last.add(window(server, 5).cpuMicros());
            if (last.size() >= 6) {
                List<Double> three = last.subList(last.size() - 3, last.size());
                double min =
                        three.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
                double max =
                        three.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
                if (max / min < 1.05) {
                    break;
                }
            }
        }
        System.out.printf(Locale.ROOT, "%s is warm after %d s%n", server.name(), 5 * last.size());
    }

    /** One window of load; what the server still does in the second after it counts too: deferred work is work. */
    private static Window window(Variant server, double seconds) throws Exception {
        Duration before = server.process().cpu();
        Load.Result result = Load.run(server.port(), PATH, CONNECTIONS, seconds);
        Thread.sleep(1_000);
        double cpu = server.process().cpu().minus(before).toNanos() / 1e3;
        if (result.errors() > 0) {
            throw new IllegalStateException(server.name() + " answered " + result.errors() + " errors");
        }
        return new Window(
                cpu / result.requests(),
                result.rate(),
                result.quantileMicros(0.5),
                result.quantileMicros(0.99),
                result.requests());
    }

    private static void load(Variant variant, double seconds) {
        try {
            Load.run(variant.port(), PATH, CONNECTIONS, seconds);
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
                "%-14s %9s %18s %18s %9s %9s %9s %10s%n",
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
                    "%-14s %9.2f %18s %18s %9.0f %9.0f %9.0f %10d%n",
                    server.name(),
                    median(mine.stream().map(Window::cpuMicros).toList()),
                    ratio(toBare),
                    ratio(toFeatures),
                    median(mine.stream().map(Window::rate).toList()),
                    median(mine.stream().map(Window::p50).toList()),
                    median(mine.stream().map(Window::p99).toList()),
                    mine.stream().mapToLong(Window::requests).sum());
        }
        System.out.println("CPU us: processor time of the server process per request, median of the rounds; ratios are"
                + " taken within each round: median [min-max].");
    }

    private static String ratio(List<Double> ratios) {
        double min = ratios.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        double max = ratios.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        return String.format(Locale.ROOT, "%.3f [%.2f-%.2f]", median(ratios), min, max);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
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
                        HttpRequest.newBuilder(URI.create("http://localhost:" + variant.port() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** A WAR with the benchmark's classes added to what another WAR holds, or to nothing. */
    private static Path war(Path file, Path base, Path classes, String... added) throws IOException {
        Files.deleteIfExists(file);
        try (OutputStream stream = Files.newOutputStream(file);
                ZipOutputStream out = new ZipOutputStream(stream)) {
            if (base != null) {
                try (ZipFile zip = new ZipFile(base.toFile())) {
                    for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
                        out.putNextEntry(new ZipEntry(entry.getName()));
                        zip.getInputStream(entry).transferTo(out);
                        out.closeEntry();
                    }
                }
            }
            if (base == null) {
                // The context root is / for all of them.
                out.putNextEntry(new ZipEntry("WEB-INF/ibm-web-ext.xml"));
                Files.copy(Path.of("src/main/webapp/WEB-INF/ibm-web-ext.xml"), out);
                out.closeEntry();
            }
            for (String name : added) {
                String path = "org/ergograph/bench/app/" + name + ".class";
                out.putNextEntry(new ZipEntry("WEB-INF/classes/" + path));
                Files.copy(classes.resolve(path), out);
                out.closeEntry();
            }
        }
        return file;
    }
}
