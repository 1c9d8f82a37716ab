package org.ergograph.app;

import jakarta.annotation.sql.DataSourceDefinition;
import java.sql.Connection;

/**
 * The data source, as the operator's {@code ergograph.db.*} settings describe it: the names in braces are Liberty's variables
 * and Payara's system properties. An annotation, because Payara checks the URL of a web.xml before it fills the names in.
 */
@DataSourceDefinition(
        name = Database.NAME,
        className = "${ergograph.db.class}",
        url = "${ergograph.db.url}",
        user = "${ergograph.db.user}",
        password = "${ergograph.db.password}",
        isolationLevel = Connection.TRANSACTION_READ_COMMITTED,
        initialPoolSize = 2,
        minPoolSize = 2,
        maxPoolSize = 30,
        maxIdleTime = 3600)
final class Database {
    static final String NAME = "java:app/jdbc/ergograph";

    private Database() {}
}
