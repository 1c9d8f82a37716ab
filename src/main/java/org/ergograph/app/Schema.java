package org.ergograph.app;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.ergograph.database.LongStatements;
import org.ergograph.database.Product;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;

/** The database's schema, as the migrations in {@code db-migrations} make it. */
@Singleton
class Schema {
    private final DataSource dataSource;

    @Inject
    Schema(DataSource dataSource) {
        this.dataSource = LongStatements.on(dataSource);
    }

    /**
     * Runs the migrations that the database has not had yet. Nodes that start together wait for each other.
     *
     * @return the version that the schema has now
     */
    String migrate() {
        // The folders hold an empty file flyway.location, without which Flyway does not find them on Open Liberty.
        Flyway flyway = Flyway.configure(Schema.class.getClassLoader())
                .dataSource(dataSource)
                .locations("classpath:db-migrations/common", "classpath:db-migrations/" + product())
                .validateMigrationNaming(true)
                .failOnMissingLocations(true)
                .load();
        flyway.migrate();
        MigrationInfo current = flyway.info().current();
        if (current == null) {
            throw new IllegalStateException("no migrations were found");
        }
        return String.valueOf(current.getVersion());
    }

    private String product() {
        try (Connection connection = dataSource.getConnection()) {
            String product = Product.name(connection);
            if (!product.equals(Product.H2) && !product.equals(Product.POSTGRESQL)) {
                throw new IllegalStateException("the database is " + product + ": must be h2 or postgresql");
            }
            return product;
        } catch (SQLException e) {
            throw new IllegalStateException("no connection to the database (" + e.getSQLState() + ")", e);
        }
    }
}
