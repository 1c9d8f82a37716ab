package org.ergograph.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;

/** Which database there is, for the few places where one needs other words than another. */
public final class Product {
    public static final String POSTGRESQL = "postgresql";
    public static final String H2 = "h2";

    private Product() {}

    /** The product's name in lower case, {@link #POSTGRESQL} or {@link #H2} where it is one that is supported. */
    public static String name(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
    }

    /** Whether it is PostgreSQL. */
    public static boolean isPostgres(Connection connection) throws SQLException {
        return name(connection).equals(POSTGRESQL);
    }
}
