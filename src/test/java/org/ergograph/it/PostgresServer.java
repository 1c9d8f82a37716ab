package org.ergograph.it;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * A real PostgreSQL that a test stops, kills, hangs and makes read-only. Its database {@value #NAME} belongs to a role of that
 * name, which needs its password; the test itself is the superuser. Not thread-safe.
 */
final class PostgresServer implements AutoCloseable {
    static final String NAME = "ergograph";
    private static final String PASSWORD = "correct horse";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LOWEST_PORT = 15_000;
    private static final int PORTS = 5_000;
    private static final String ACCESS = """
            local all all trust
            host all postgres 127.0.0.1/32 trust
            host all postgres ::1/128 trust
            host all all 127.0.0.1/32 scram-sha-256
            host all all ::1/128 scram-sha-256
            """;

    private final Path data;
    private final int port;
    private EmbeddedPostgres postgres;

    private PostgresServer(Path data, EmbeddedPostgres postgres) {
        this.data = data;
        this.port = postgres.getPort();
        this.postgres = postgres;
    }

    /**
     * Starts one with an empty database.
     *
     * @param data emptied first
     * @param tablespace an empty directory for the tables of the database; without one they are with the rest
     */
    static PostgresServer start(Path data, Path... tablespace) throws Exception {
        ServerProcess.delete(data);
        PostgresServer server = new PostgresServer(data, run(data, freePort()));
        server.execute("create role " + NAME + " login password '" + PASSWORD + "'");
        String where = "";
        if (tablespace.length > 0) {
            server.execute("create tablespace apart owner " + NAME + " location '" + tablespace[0] + "'");
            where = " tablespace apart";
        }
        server.execute("create database " + NAME + " owner " + NAME + where);
        return server;
    }

    /**
     * A port that no outgoing connection is given: one whose server is away could otherwise be taken by a client that looks for
     * it, even by one that then finds itself.
     */
    private static int freePort() throws IOException {
        for (int port = LOWEST_PORT + (int) (ProcessHandle.current().pid() % PORTS); ; port++) {
            try (ServerSocket socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (BindException e) {
                if (port >= LOWEST_PORT + 2 * PORTS) {
                    throw e;
                }
            }
        }
    }

    /** The library would have commits answered before they are written, and nothing forced to disk. */
    private static EmbeddedPostgres run(Path data, int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("fsync", "on")
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setDataDirectoryCustomizer(PostgresServer::demandPasswords)
                .setPort(port)
                .setPGStartupWait(PATIENCE)
                .start();
    }

    private static void demandPasswords(File data) {
        try {
            Files.writeString(data.toPath().resolve("pg_hba.conf"), ACCESS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    /** The settings of a server that uses the database, which it reaches by that port of this machine. */
    static Map<String, String> settings(int port) {
        return Map.of(
                "ergograph.db.class",
                "org.postgresql.ds.PGSimpleDataSource",
                "ergograph.db.url",
                "jdbc:postgresql://127.0.0.1:" + port + "/" + NAME,
                "ergograph.db.user",
                NAME,
                "ergograph.db.password",
                PASSWORD);
    }

    /** The database of the application, as the superuser sees it. */
    DataSource database() {
        return postgres.getDatabase("postgres", NAME);
    }

    /** Ends it as an administrator would, without waiting for its clients. */
    void stop() throws Exception {
        // By itself the library waits a few seconds only, which a busy disk may need longer for.
        ProcessHandle postmaster = processes().get(0);
        signal("INT", List.of(postmaster));
        postmaster.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        postgres.close();
    }

    /** Starts it again after it was stopped or killed. */
    void restart() throws IOException {
        postgres = run(data, port);
    }

    /** Ends all its processes as {@code kill -9} does. */
    void kill() throws Exception {
        List<ProcessHandle> processes = processes();
        signal("KILL", processes);
        for (ProcessHandle process : processes) {
            process.onExit().get(10, TimeUnit.SECONDS);
        }
        postgres.close();
    }

    /** Halts all its processes as they are, connections included. */
    void hang() throws Exception {
        signal("STOP", processes());
    }

    /** Lets them go on. */
    void resume() throws Exception {
        signal("CONT", processes());
    }

    /** Every transaction that begins from now on may write, or may not. */
    void readOnly(boolean readOnly) throws SQLException {
        execute("alter system set default_transaction_read_only = " + (readOnly ? "on" : "off"));
        execute("select pg_reload_conf()");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("set default_transaction_read_only = off");
            statement.execute(sql);
        }
    }

    private List<ProcessHandle> processes() throws IOException {
        long postmaster = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
        ProcessHandle handle = ProcessHandle.of(postmaster).orElseThrow();
        return Stream.concat(Stream.of(handle), handle.descendants()).toList();
    }

    private static void signal(String signal, List<ProcessHandle> processes) throws Exception {
        Stream<String> pids = processes.stream().map(process -> Long.toString(process.pid()));
        // One that has ended meanwhile, as an idle worker may, is no failure.
        Process kill = new ProcessBuilder(
                        Stream.concat(Stream.of("kill", "-" + signal), pids).toList())
                .start();
        if (!kill.waitFor(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("kill -" + signal + " did not end");
        }
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
