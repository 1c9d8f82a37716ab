package org.ergograph.app;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The database's schema, as the migrations in {@code db-migrations} make it. */
@Singleton
class Schema {
    private final DataSource dataSource;

    @Inject
    Schema(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Runs the migrations that the database has not had yet. Nodes that start together wait for each other.
     *
     * @return the version that the schema has now
     */
    String migrate() {
        Flyway flyway = Flyway.configure(Schema.class.getClassLoader())
                .dataSource(dataSource)
                .locations("classpath:db-migrations/common", "classpath:db-migrations/" + product())
                .validateMigrationNaming(true)
                .load();
        flyway.migrate();
        return String.valueOf(flyway.info().current().getVersion());
    }

    private String product() {
        try (Connection connection = dataSource.getConnection()) {
            String product = connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
            if (!product.equals("h2") && !product.equals("postgresql")) {
                throw new IllegalStateException("the database is " + product + ": must be h2 or postgresql");
            }
            return product;
        } catch (SQLException e) {
            throw new IllegalStateException("no connection to the database (" + e.getSQLState() + ")", e);
        }
    }
}
