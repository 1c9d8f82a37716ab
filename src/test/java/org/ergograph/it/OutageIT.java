package org.ergograph.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With its PostgreSQL hanging or gone the server answers in its own time, says so, and catches up afterwards. */
@Tag("process")
class OutageIT {
    private static final Duration AT_ONCE = Duration.ofSeconds(2);
    private static final Duration DEADLINE = Duration.ofSeconds(13);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    @ParameterizedTest
    @ValueSource(strings = {"liberty", "payara"})
    void requestsAreAnsweredInTheirOwnTimeWhileTheDatabaseHangsOrIsGone(String name) throws Exception {
        Path home = Files.createDirectories(Path.of("target/it/outage-" + name));
        Path data = home.resolve("postgres").toAbsolutePath();
        ServerProcess.delete(data);
        EmbeddedPostgres postgres = postgres(data, 0);
        int postgresPort = postgres.getPort();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create role ergograph login superuser password 'ergograph'");
        }
        try (ServerProcess server = start(name, home, postgresPort)) {
            assertThat(get(server, "/api/v1/servers").statusCode()).isEqualTo(200);

            hang(data, "STOP");
            try {
                assertAnswersWithoutDatabase(server);
            } finally {
                hang(data, "CONT");
            }
            assertRecovers(server);

            postgres.close();
            assertAnswersWithoutDatabase(server);
            assertThat(get(server, "/api/v1/health?detailed=true").statusCode()).isEqualTo(503);
            postgres = postgres(data, postgresPort);
            assertRecovers(server);
        } finally {
            postgres.close();
        }
    }

    private static EmbeddedPostgres postgres(Path data, int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .start();
    }

    private void assertAnswersWithoutDatabase(ServerProcess server) throws Exception {
        for (String path : List.of("/api/v1/metrics/summary", "/metrics", "/health/live")) {
            long start = System.nanoTime();
            assertThat(get(server, path).statusCode()).as(path).isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).as(path).isLessThan(AT_ONCE);
        }
        long start = System.nanoTime();
        HttpResponse<String> refused = get(server, "/api/v1/servers");
        System.out.printf(
                Locale.ROOT,
                "without its database the server answered %d after %.3f s%n",
                refused.statusCode(),
                (System.nanoTime() - start) / 1e9);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(DEADLINE);
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(refused.body()).doesNotContainIgnoringCase("postgres").doesNotContainIgnoringCase("select");
        Await.until(
                "health tells that the database is gone",
                () -> get(server, "/api/v1/health/database"),
                answer -> answer.statusCode() == 503);
    }

    private void assertRecovers(ServerProcess server) throws Exception {
        Await.until(
                "the database is used again",
                () -> get(server, "/api/v1/servers").statusCode(),
                status -> status == 200);
        Await.until(
                "the refused request has its row",
                () -> get(server, "/api/v1/audit?kind=http&status=503&limit=1000")
                        .body(),
                body -> body.contains("/api/v1/servers"));
        Await.until(
                "health is back", () -> get(server, "/api/v1/health/database").statusCode(), status -> status == 200);
        assertThat(Scrape.parse(get(server, "/metrics").body())
                        .sum("ergograph_audit_records_total", "result", "rejected"))
                .isZero();
    }

    /** Stops or continues PostgreSQL's postmaster and all its children, as they are. */
    private static void hang(Path data, String signal) throws Exception {
        long postmaster = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
        ProcessHandle handle = ProcessHandle.of(postmaster).orElseThrow();
        List<String> pids = Stream.concat(Stream.of(handle), handle.descendants())
                .map(process -> Long.toString(process.pid()))
                .toList();
        List<String> command =
                Stream.concat(Stream.of("kill", "-" + signal), pids.stream()).toList();
        Process kill = new ProcessBuilder(command).start();
        assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(kill.exitValue()).isZero();
    }

    private static ServerProcess start(String name, Path home, int postgresPort) throws Exception {
        return ServerProcess.shipped(
                name,
                home,
                Map.of(
                        "ergograph.data.dir",
                                home.resolve("data").toAbsolutePath().toString(),
                        "ergograph.db.class", "org.postgresql.ds.PGSimpleDataSource",
                        "ergograph.db.url", "jdbc:postgresql://127.0.0.1:" + postgresPort + "/postgres",
                        "ergograph.db.user", "ergograph",
                        "ergograph.db.password", "ergograph"));
    }

    private HttpResponse<String> get(ServerProcess server, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path))
                .timeout(Duration.ofSeconds(60))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }
}
