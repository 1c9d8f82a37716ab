package org.ergograph.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.ergograph.database.PasswordPostgres;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;

/** A migrated, empty database of its own for each test: real H2, or a database in one real PostgreSQL. */
public final class TestDatabase {
    private static final class Server {
        static final PasswordPostgres POSTGRES = start();

        private static PasswordPostgres start() {
            try {
                PasswordPostgres postgres = PasswordPostgres.start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> close(postgres)));
                return postgres;
            } catch (IOException | SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private static void close(PasswordPostgres postgres) {
            try {
                postgres.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private TestDatabase() {}

    public static DataSource of(String product) {
        return product.equals("h2") ? h2() : postgres();
    }

    static DataSource h2() {
        return migrated(empty("h2"), "h2");
    }

    static DataSource postgres() {
        return migrated(empty("postgresql"), "postgresql");
    }

    /** A database without a schema. */
    public static DataSource empty(String product) {
        if (product.equals("postgresql")) {
            String name = "t" + UUID.randomUUID().toString().replace("-", "");
            try {
                Server.POSTGRES.newDatabase(name);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return Server.POSTGRES.as(name);
        }
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        dataSource.setUser("sa");
        dataSource.setPassword("sa");
        return dataSource;
    }

    public static DataSource migrated(DataSource dataSource, String product) {
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db-migrations/common", "classpath:db-migrations/" + product)
                .load()
                .migrate();
        return dataSource;
    }

    public static void execute(DataSource dataSource, String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The rows of a query, each as its columns joined by a blank. */
    public static List<String> rows(DataSource dataSource, String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> result = new ArrayList<>();
            while (rows.next()) {
                List<String> columns = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    columns.add(String.valueOf(rows.getObject(i)));
                }
                result.add(String.join(" ", columns));
            }
            return result;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
