package org.ergograph.app;

import jakarta.annotation.sql.DataSourceDefinition;
import java.sql.Connection;
import org.ergograph.database.PoolFigures;

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
        maxPoolSize = PoolFigures.MAX_SIZE,
        maxIdleTime = PoolFigures.IDLE_SECONDS,
        properties = {
            // Open Liberty
            "connectionTimeout=30s",
            "agedTimeout=3600s",
            "validationTimeout=5s",
            "queryTimeout=30s",
            // Payara
            "fish.payara.max-wait-time-in-millis=30000",
            "fish.payara.is-connection-validation-required=true",
            "fish.payara.connection-validation-method=custom-validation",
            "fish.payara.validation-classname=org.glassfish.api.jdbc.validation.JDBC40ConnectionValidation",
            "fish.payara.statement-timeout-in-seconds=30"
        })
final class Database {
    static final String NAME = "java:app/jdbc/ergograph";

    private Database() {}
}
