package org.ergograph.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A real PostgreSQL that asks everybody for a password (scram-sha-256), with a role for Ergograph that owns nothing but its
 * schema. Thread-safe.
 */
public final class PasswordPostgres implements AutoCloseable {
    /** The role that tests are, and its password. */
    public static final String ROLE = "ergograph";

    private static final String SUPERUSER = "postgres";
    private static final String SUPERUSERS_PASSWORD = "only for tests";

    private final EmbeddedPostgres postgres;

    private PasswordPostgres(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /** Starts it on a free port with data of its own, which go when it is closed. */
    public static PasswordPostgres start() throws IOException, SQLException {
        return start(Files.createTempDirectory("ergograph-postgres"), 0, true);
    }

    /**
     * Starts it with the data directory, which is kept; made and locked up if there is nothing in it.
     *
     * @param port 0 for a free one
     */
    public static PasswordPostgres start(Path data, int port) throws IOException, SQLException {
        return start(data, port, false);
    }

    private static PasswordPostgres start(Path data, int port, boolean clean) throws IOException, SQLException {
        boolean fresh = !Files.exists(data.resolve("PG_VERSION"));
        PasswordPostgres started = new PasswordPostgres(EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(clean)
                .setConnectConfig("password", SUPERUSERS_PASSWORD)
                .setPort(port)
                .start());
        if (fresh) {
            started.lockUp(data);
        }
        return started;
    }

    private void lockUp(Path data) throws IOException, SQLException {
        execute("alter role postgres password '" + SUPERUSERS_PASSWORD + "'");
        execute("create role " + ROLE + " login nosuperuser nocreatedb nocreaterole password '" + ROLE + "'");
        Files.writeString(
                data.resolve("pg_hba.conf"), "local all all scram-sha-256\nhost all all samehost scram-sha-256\n");
        execute("select pg_reload_conf()");
        newSchema("postgres");
    }

    /** Makes a database with an empty schema that is the role's, and is found by its name. */
    public void newDatabase(String name) throws SQLException {
        execute("create database " + name);
        newSchema(name);
    }

    private void newSchema(String database) throws SQLException {
        execute(database, "create schema " + ROLE + " authorization " + ROLE);
    }

    /** Runs SQL as the superuser. */
    public void execute(String sql) throws SQLException {
        execute("postgres", sql);
    }

    private void execute(String database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(database), SUPERUSER, SUPERUSERS_PASSWORD);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Where a database is, without user and password. */
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
    }

    public int port() {
        return postgres.getPort();
    }

    /** A database as Ergograph's role. */
    public PGSimpleDataSource as(String database) {
        return dataSource(port(), database);
    }

    /** The same where the server need not be up. */
    public static PGSimpleDataSource dataSource(int port, String database) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setServerNames(new String[] {"127.0.0.1"});
        dataSource.setPortNumbers(new int[] {port});
        dataSource.setDatabaseName(database);
        dataSource.setUser(ROLE);
        dataSource.setPassword(ROLE);
        return dataSource;
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
