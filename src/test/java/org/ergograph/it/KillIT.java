package org.ergograph.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A server that is killed as {@code kill -9} does, again and again under load, comes back with everything that it acknowledged:
 * the requests that it answered longer ago than the durability are in the audit table once, whether or not there was a database
 * to write them to. Open Liberty and Payara Micro take turns over the same data. How often is the property {@code it.kills}.
 */
@Tag("process")
class KillIT {
    private static final int KILLS = Integer.getInteger("it.kills", 2);
    private static final Duration CATCH_UP = Duration.ofSeconds(60);
    private static final Duration COUNTED = Duration.ofSeconds(3);

    private final Random random = new Random(20_261_101);
    private final AtomicInteger names = new AtomicInteger();

    /** What the server acknowledged to its clients. */
    private final Queue<String> created = new ConcurrentLinkedQueue<>();

    /** The greatest count of audit records that the server published as written, in this run of it. */
    private final AtomicLong written = new AtomicLong();

    /**
     * One run of the server, until it was killed.
     *
     * @param replayed rows that the next run took from the journal
     * @param seconds that it took until all of this one was there
     */
    private record Life(
            String server, boolean withoutDatabase, TracedLoad load, long killedAt, long replayed, double seconds) {}

    @Test
    void killedServerComesBackWithWhatItAcknowledgedOnPostgres() throws Exception {
        Path home = Files.createDirectories(Path.of("target/it/kill-postgresql"));
        Path cluster = home.resolve("postgres").toAbsolutePath();
        try (PostgresServer postgres = PostgresServer.start(cluster)) {
            Map<String, String> settings = PostgresServer.settings(postgres.port());
            List<Life> lives = killAgainAndAgain(home, settings, Optional.of(postgres));
            assertExact("postgresql", lives, postgres.database());
        }
    }

    @Test
    void killedServerComesBackWithWhatItAcknowledgedOnH2() throws Exception {
        Path home = Files.createDirectories(Path.of("target/it/kill-h2"));
        List<Life> lives = killAgainAndAgain(home, Map.of(), Optional.empty());
        JdbcDataSource file = new JdbcDataSource();
        file.setURL("jdbc:h2:file:" + home.resolve("data").toAbsolutePath() + "/ergograph;IFEXISTS=TRUE");
        file.setUser("ergograph");
        file.setPassword("ergograph");
        assertExact("h2", lives, file);
    }

    /** Leaves a server behind that has caught up and was stopped. */
    private List<Life> killAgainAndAgain(Path home, Map<String, String> settings, Optional<PostgresServer> postgres)
            throws Exception {
        List<Life> lives = new ArrayList<>();
        long rows = 0;
        for (int kill = 0; kill <= KILLS; kill++) {
            String name = kill % 2 == 0 ? "liberty" : "payara";
            boolean withoutDatabase = postgres.isPresent() && kill % 3 == 1;
            Instant since = Instant.now();
            try (ServerProcess process = start(name, home, settings)) {
                Server server = new Server(name, URI.create("http://localhost:" + process.port() + "/"), home);
                if (kill > 0) {
                    lives.set(kill - 1, recovered(server, lives.get(kill - 1)));
                }
                rows = check(server, since, rows);
                if (kill < KILLS) {
                    lives.add(loadThenKill(process, server, withoutDatabase ? postgres : Optional.empty()));
                    rows += written.get();
                }
            }
            if (kill < KILLS && withoutDatabase) {
                postgres.orElseThrow().restart();
            }
        }
        return lives;
    }

    private static ServerProcess start(String name, Path home, Map<String, String> database) throws Exception {
        Map<String, String> settings = new HashMap<>(database);
        settings.put("ergograph.data.dir", home.resolve("data").toAbsolutePath().toString());
        settings.put("ergograph.outbound.allow", "loopback");
        return ServerProcess.shipped(name, home.resolve(name), settings);
    }

    private static void assertExact(String product, List<Life> lives, DataSource tables) throws Exception {
        List<FaultRun> runs = new ArrayList<>();
        for (Life life : lives) {
            String fault = product + " kill no. " + (runs.size() + 1) + (life.withoutDatabase() ? ", no database" : "");
            FaultRun run = FaultRun.of(
                    fault, life.server(), life.load(), life.killedAt(), tables, life.replayed(), life.seconds());
            runs.add(run.told());
        }
        for (int i = 0; i < runs.size(); i++) {
            assertThat(runs.get(i)).matches(FaultRun::exact, "each request answered in time is in the table once");
            if (lives.get(i).withoutDatabase()) {
                assertThat(runs.get(i).replayed()).as("rows from the journal").isPositive();
            }
        }
    }

    /** Waits for what the run before left in its journal, of which the newest comes last. */
    private static Life recovered(Server server, Life life) throws Exception {
        long start = System.nanoTime();
        BitSet expected = FaultRun.expected(life.load(), life.killedAt());
        if (!expected.isEmpty()) {
            String newest = life.load().traceId(expected.length() - 1);
            Await.within(
                    CATCH_UP,
                    () -> server.get("/api/v1/audit?traceId=" + newest).body().contains(TracedLoad.PATH));
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        // Rows count once they are safe on disk, which is a moment after they can be seen.
        Await.within(life.withoutDatabase() ? CATCH_UP : COUNTED, () -> records(page(server), "replayed") > 0);
        Scrape page = page(server);
        assertThat(records(page, "dropped")).as("dropped").isZero();
        return new Life(
                life.server(),
                life.withoutDatabase(),
                life.load(),
                life.killedAt(),
                (long) records(page, "replayed"),
                seconds);
    }

    /**
     * Answers how many rows there are of the time before this run of the server: at least as many as were published as
     * written, and no id twice. The rows of this run, to which the questions asked here add, are not among them: its own
     * counter tells those.
     */
    private long check(Server server, Instant since, long atLeast) throws Exception {
        for (String id : created) {
            assertThat(server.get("/api/v1/servers/" + id).statusCode())
                    .as("acknowledged server %s", id)
                    .isEqualTo(200);
        }
        HttpResponse<String> all =
                server.send(server.request("/api/v1/audit").header("Accept", "application/x-ndjson"));
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

    /** @param stopped the database that is stopped a while before the kill, if there is one */
    private Life loadThenKill(ServerProcess process, Server server, Optional<PostgresServer> stopped) throws Exception {
        written.set(0);
        AtomicBoolean going = new AtomicBoolean(true);
        ExecutorService clients = Executors.newFixedThreadPool(2);
        try {
            TracedLoad load = TracedLoad.on(process.port());
            List<Future<?>> running = List.of(
                    clients.submit(() -> whileGoing(going, () -> register(server))),
                    clients.submit(() -> whileGoing(going, () -> scrape(server))));
            TimeUnit.MILLISECONDS.sleep(1_500 + random.nextInt(3_000));
            if (stopped.isPresent()) {
                stopped.get().stop();
                TimeUnit.MILLISECONDS.sleep(1_500 + random.nextInt(3_000));
            }
            long killedAt = System.nanoTime();
            process.kill();
            going.set(false);
            load.stop();
            for (Future<?> future : running) {
                future.get();
            }
            return new Life(server.name(), stopped.isPresent(), load, killedAt, 0, 0);
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

    private void register(Server server) throws Exception {
        String body = "{\"name\":\"kill-%d\",\"url\":\"http://127.0.0.1:1/mcp\",\"transport\":\"streamable-http\"}"
                .formatted(names.incrementAndGet());
        HttpResponse<String> answer = server.send(server.request("/api/v1/servers")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
        assertThat(answer.statusCode()).as(answer.body()).isIn(201, 503);
        if (answer.statusCode() == 201) {
            created.add(Json.object(answer.body()).getString("id"));
        }
    }

    /** What was replayed is of an earlier run, and counted there. */
    private void scrape(Server server) throws Exception {
        Scrape page = page(server);
        double own = records(page, "written") - records(page, "replayed");
        written.accumulateAndGet((long) own, Math::max);
        assertThat(records(page, "rejected")).as("rejected").isZero();
    }

    private static Scrape page(Server server) throws Exception {
        return Scrape.parse(server.get("/metrics").body());
    }

    private static double records(Scrape page, String result) {
        return page.sum("ergograph_audit_records_total", "result", result);
    }
}
