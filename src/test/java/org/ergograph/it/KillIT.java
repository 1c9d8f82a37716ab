package org.ergograph.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server that is killed as {@code kill -9} does, again and again under load, comes back with everything that it said was
 * written. How often is the property {@code it.kills}.
 */
@Tag("process")
class KillIT {
    private static final int CLIENTS = 4;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Random random = new Random(20_261_101);
    private final AtomicInteger names = new AtomicInteger();

    /** What the server acknowledged to its clients. */
    private final Queue<String> created = new ConcurrentLinkedQueue<>();

    /** The greatest count of audit records that the server published as written, in this run of it. */
    private final AtomicLong written = new AtomicLong();

    @ParameterizedTest
    @ValueSource(strings = {"liberty", "payara"})
    void killedServerComesBackWithWhatItAcknowledged(String name) throws Exception {
        Path home = Files.createDirectories(Path.of("target/it/kill-" + name));
        Path data = home.resolve("data").toAbsolutePath();
        int kills = Integer.getInteger("it.kills", 2);
        long rows = 0;
        for (int kill = 1; kill <= kills; kill++) {
            Instant since = Instant.now();
            try (ServerProcess server = start(name, home, data)) {
                rows = check(server, since, rows);
                long millis = 1_500L + random.nextInt(3_000);
                loadThenKill(server, millis);
                System.out.printf(
                        Locale.ROOT,
                        "%s kill %d after %d ms: %d servers acknowledged, %d rows before, %d published as written%n",
                        name,
                        kill,
                        millis,
                        created.size(),
                        rows,
                        written.get());
                rows += written.get();
            }
        }
        Instant since = Instant.now();
        try (ServerProcess server = start(name, home, data)) {
            long found = check(server, since, rows);
            System.out.printf(
                    Locale.ROOT, "%s after %d kills: at least %d rows expected, %d found%n", name, kills, rows, found);
        }
    }

    private static ServerProcess start(String name, Path home, Path data) throws Exception {
        return ServerProcess.shipped(
                name, home, Map.of("ergograph.data.dir", data.toString(), "ergograph.outbound.allow", "loopback"));
    }

    /**
     * Answers how many rows there are of the time before this run of the server: at least as many as were published as
     * written, and no id twice. The rows of this run, to which the questions asked here add, are not among them: its own
     * counter tells those.
     */
    private long check(ServerProcess server, Instant since, long atLeast) throws Exception {
        for (String id : created) {
            assertThat(get(server, "/api/v1/servers/" + id).statusCode())
                    .as("acknowledged server %s", id)
                    .isEqualTo(200);
        }
        HttpResponse<String> all = send(request(server, "/api/v1/audit").header("Accept", "application/x-ndjson"));
        assertThat(all.statusCode()).isEqualTo(200);
        Set<String> ids = new HashSet<>();
        long rows = 0;
        long total = 0;
        for (String line : all.body().lines().toList()) {
            JsonObject row = Json.object(line);
            ids.add(row.getString("id"));
            total++;
            if (Instant.parse(row.getString("startedAt")).isBefore(since)) {
                rows++;
            }
        }
        assertThat(ids).hasSize((int) total);
        assertThat(rows).as("rows in the audit log").isGreaterThanOrEqualTo(atLeast);
        return rows;
    }

    private void loadThenKill(ServerProcess server, long millis) throws Exception {
        written.set(0);
        AtomicBoolean going = new AtomicBoolean(true);
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS + 2);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                running.add(clients.submit(() -> whileGoing(going, () -> get(server, "/api/v1/metrics/summary"))));
            }
            running.add(clients.submit(() -> whileGoing(going, () -> register(server))));
            running.add(clients.submit(() -> whileGoing(going, () -> scrape(server))));
            TimeUnit.MILLISECONDS.sleep(millis);
            server.kill();
            going.set(false);
            for (Future<?> future : running) {
                future.get();
            }
        } finally {
            clients.shutdownNow();
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    /** The kill ends a request in its midst; whatever was answered before counts. */
    private static Object whileGoing(AtomicBoolean going, Step step) throws Exception {
        while (going.get()) {
            try {
                step.run();
            } catch (IOException e) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
        return going;
    }

    private void register(ServerProcess server) throws Exception {
        String body = "{\"name\":\"kill-%d-%d\",\"url\":\"http://127.0.0.1:1/mcp\",\"transport\":\"streamable-http\"}"
                .formatted(server.pid(), names.incrementAndGet());
        HttpResponse<String> answer = send(request(server, "/api/v1/servers")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        JsonObject stored = Json.object(answer.body());
        created.add(stored.getString("id"));
    }

    private void scrape(ServerProcess server) throws Exception {
        HttpResponse<String> page = get(server, "/metrics");
        double count = Scrape.parse(page.body()).sum("ergograph_audit_records_total", "result", "written");
        written.accumulateAndGet((long) count, Math::max);
    }

    private HttpResponse<String> get(ServerProcess server, String path) throws IOException, InterruptedException {
        return send(request(server, path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(ServerProcess server, String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path))
                .timeout(Duration.ofSeconds(30));
    }
}
