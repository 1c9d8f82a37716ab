package org.ergograph.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Whatever befalls its PostgreSQL, a server under load answers in its own time, says so, and catches up afterwards: each request
 * that it answered is in the audit table once. How long the database is stopped is the property {@code it.outage}; each server
 * meets each fault if {@code it.faults} is set, else they share them.
 */
@Tag("process")
class OutageIT {
    private static final Duration AT_ONCE = Duration.ofSeconds(2);
    private static final Duration DATABASE_DEADLINE = Duration.ofSeconds(5);
    private static final Duration FAULT = Duration.ofSeconds(5);
    private static final Duration CATCH_UP = Duration.ofSeconds(60);
    private static final Duration READINESS = Duration.ofMillis(100);
    private static final Duration AROUND = Duration.ofSeconds(1);

    private static final String RESET = "connections reset";
    private static final String COMMITS_LOST = "answers to commits lost";
    private static final String DISK_FULL = "disk of the tables full";

    private static final boolean ALL = Boolean.getBoolean("it.faults");
    private static final Duration STOPPED = Duration.parse(System.getProperty("it.outage", "PT5S"));

    private interface Step {
        void run() throws Exception;
    }

    /** @param halts whether nothing at all can be written meanwhile */
    private record Fault(String name, boolean halts, Duration length, Step begin, Step meanwhile, Step end) {}

    private record Load(String fault, TracedLoad requests) {}

    @TestFactory
    Stream<DynamicTest> liberty() throws Exception {
        return new Scene("liberty").tests(true, false);
    }

    @TestFactory
    Stream<DynamicTest> payara() throws Exception {
        return new Scene("payara").tests(false, true);
    }

    /** One server, its database and what is between them. */
    private static final class Scene {
        private final String name;
        private final SmallDisk disk = SmallDisk.mount();
        private final PostgresServer postgres;
        private final TcpProxy proxy;
        private final ServerProcess process;
        private final Server server;
        private final List<Load> loads = new ArrayList<>();

        Scene(String name) throws Exception {
            this.name = name;
            Path home = Files.createDirectories(Path.of("target/it/outage-" + name));
            Path data = home.resolve("data").toAbsolutePath();
            Path cluster = home.resolve("postgres").toAbsolutePath();
            postgres = disk.refusal().isPresent()
                    ? PostgresServer.start(cluster)
                    : PostgresServer.start(cluster, disk.directory());
            proxy = new TcpProxy(postgres.port());
            Map<String, String> settings = new HashMap<>(PostgresServer.settings(proxy.port()));
            settings.put("ergograph.data.dir", data.toString());
            settings.put("ergograph.database.deadline", DATABASE_DEADLINE.toString());
            settings.put("ergograph.audit.database-timeout", "PT2S");
            settings.put("ergograph.health.timeout", "PT3S");
            settings.put("ergograph.health.ready", "database");
            process = ServerProcess.shipped(name, home, settings);
            server = new Server(name, URI.create("http://localhost:" + process.port() + "/"), data);
        }

        Stream<DynamicTest> tests(boolean first, boolean second) {
            Stream.Builder<DynamicTest> tests = Stream.builder();
            add(tests, true, "hangs", FAULT, postgres::hang, this::assertAnswersWithoutDatabase, postgres::resume);
            add(tests, true, "stopped", STOPPED, postgres::stop, this::assertGone, postgres::restart);
            add(tests, first, "killed -9", FAULT, postgres::kill, () -> {}, postgres::restart);
            add(
                    tests,
                    second,
                    "read-only",
                    FAULT,
                    () -> postgres.readOnly(true),
                    () -> {},
                    () -> postgres.readOnly(false));
            add(tests, second, RESET, FAULT, proxy::cut, this::cutAgainAndAgain, proxy::cut);
            add(tests, first, COMMITS_LOST, FAULT, this::loseCommits, () -> {}, this::passAll);
            add(tests, second, "all answers lost", FAULT, () -> proxy.mode(TcpProxy.Mode.SILENT), () -> {}, () -> {
                passAll();
                proxy.cut();
            });
            add(tests, first, DISK_FULL, FAULT, this::fill, () -> {}, disk::free);
            tests.add(DynamicTest.dynamicTest("in the end nothing is twice", this::assertNothingTwice));
            return tests.build().onClose(this::close);
        }

        private void add(
                Stream.Builder<DynamicTest> tests,
                boolean mine,
                String fault,
                Duration length,
                Step begin,
                Step meanwhile,
                Step end) {
            if (mine || ALL) {
                boolean halts = !fault.equals(RESET) && !fault.equals(COMMITS_LOST);
                Fault one = new Fault(fault, halts, length, begin, meanwhile, end);
                tests.add(DynamicTest.dynamicTest("postgres: " + fault, () -> run(one)));
            }
        }

        private void run(Fault fault) throws Exception {
            TracedLoad load = TracedLoad.on(process.port());
            double replayed = records("replayed");
            long over;
            try {
                pause(AROUND.toNanos());
                fault.begin().run();
                long since = System.nanoTime();
                try {
                    fault.meanwhile().run();
                    pause(since + fault.length().toNanos() - System.nanoTime());
                    if (fault.halts()) {
                        assertThat(page().sum("ergograph_audit_lag_seconds"))
                                .as("lag of the audit log")
                                .isGreaterThan(fault.length().toSeconds() / 2.0);
                    }
                } finally {
                    fault.end().run();
                }
                over = System.nanoTime();
                pause(AROUND.toNanos());
            } finally {
                load.stop();
            }
            int answered = load.answered().cardinality();
            loads.add(new Load(fault.name(), load));
            Await.within(CATCH_UP, () -> FaultRun.found(load, postgres.database()) >= answered);
            double seconds = (System.nanoTime() - over) / 1e9;
            Await.until(
                    "the server uses its database",
                    () -> server.get("/api/v1/servers").statusCode(),
                    s -> s == 200);
            FaultRun run = FaultRun.of(
                            "postgresql " + fault.name(),
                            name,
                            load,
                            Long.MAX_VALUE,
                            postgres.database(),
                            (long) (records("replayed") - replayed),
                            seconds)
                    .told();
            assertThat(run).matches(FaultRun::exact, "each answered request is in the table once");
            assertThat(load.errors()).as("answers other than 200").isZero();
            assertThat(run.answered()).as("answers").isGreaterThan(load.begun() / 2);
            assertThat(records("rejected")).isZero();
            assertThat(records("dropped")).isZero();
        }

        private double records(String result) throws Exception {
            return page().sum("ergograph_audit_records_total", "result", result);
        }

        private Scrape page() throws Exception {
            return Scrape.parse(server.get("/metrics").body());
        }

        private void assertGone() throws Exception {
            assertAnswersWithoutDatabase();
            assertThat(server.get("/api/v1/health?detailed=true").statusCode()).isEqualTo(503);
        }

        private void assertAnswersWithoutDatabase() throws Exception {
            for (String path : List.of("/api/v1/metrics/summary", "/metrics", "/health/live")) {
                long start = System.nanoTime();
                assertThat(server.get(path).statusCode()).as(path).isEqualTo(200);
                assertThat(Duration.ofNanos(System.nanoTime() - start)).as(path).isLessThan(AT_ONCE);
            }
            assertReadinessIsToldAtOnce();
            long start = System.nanoTime();
            HttpResponse<String> refused = server.get("/api/v1/servers");
            Duration waited = Duration.ofNanos(System.nanoTime() - start);
            System.out.printf(
                    Locale.ROOT,
                    "without its database the server answered %d after %.3f s%n",
                    refused.statusCode(),
                    waited.toNanos() / 1e9);
            assertThat(waited).isLessThan(DATABASE_DEADLINE.plusSeconds(3));
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(refused.body()).doesNotContainIgnoringCase("postgres").doesNotContainIgnoringCase("select");
            Await.until(
                    "health tells that the database is gone",
                    () -> server.get("/api/v1/health/database"),
                    answer -> answer.statusCode() == 503);
            assertThat(server.get("/health/ready").statusCode())
                    .as("ready without what it cannot work without")
                    .isEqualTo(503);
            assertReadinessIsToldAtOnce();
        }

        /** From the last check: whatever the database does, nobody waits for it. */
        private void assertReadinessIsToldAtOnce() throws Exception {
            List<Duration> taken = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                long start = System.nanoTime();
                server.get("/health/ready");
                taken.add(Duration.ofNanos(System.nanoTime() - start));
            }
            Collections.sort(taken);
            System.out.printf(
                    Locale.ROOT,
                    "without its database readiness was told within %d ms, at the most %d ms%n",
                    taken.get(10).toMillis(),
                    taken.get(19).toMillis());
            assertThat(taken.get(10)).isLessThan(READINESS);
        }

        private void cutAgainAndAgain() throws Exception {
            for (int i = 0; i < 10; i++) {
                pause(FAULT.toNanos() / 10);
                proxy.cut();
            }
        }

        private void loseCommits() {
            proxy.mode(TcpProxy.Mode.LOSING_COMMITS);
        }

        private void passAll() {
            proxy.mode(TcpProxy.Mode.PASSING);
        }

        private void fill() throws Exception {
            if (disk.refusal().isPresent()) {
                String reason =
                        "no small disk could be mounted: " + disk.refusal().get();
                System.out.println("skipped: " + DISK_FULL + ": " + reason);
                abort(reason);
            }
            disk.fill();
        }

        private void assertNothingTwice() throws Exception {
            for (Load load : loads) {
                FaultRun run =
                        FaultRun.of(load.fault(), name, load.requests(), Long.MAX_VALUE, postgres.database(), 0, 0);
                assertThat(run).matches(FaultRun::exact, "each answered request is in the table once");
            }
            Await.until(
                    "the refused request has its row",
                    () -> server.get("/api/v1/audit?kind=http&status=503&limit=1000")
                            .body(),
                    body -> body.contains("/api/v1/servers"));
            Await.until(
                    "health is back",
                    () -> server.get("/api/v1/health/database").statusCode(),
                    status -> status == 200);
            if (loads.stream().anyMatch(load -> load.fault().equals(COMMITS_LOST))) {
                assertThat(proxy.lostCommits())
                        .as("commits whose answer was lost")
                        .isPositive();
            }
        }

        private void close() {
            try (disk;
                    postgres;
                    proxy;
                    process) {
                System.out.println(name + ": commits whose answer was lost: " + proxy.lostCommits());
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static void pause(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanos);
    }
}
