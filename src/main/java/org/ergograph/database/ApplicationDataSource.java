package org.ergograph.database;

import jakarta.annotation.Resource;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The application's one data source, with its connections counted. */
@Singleton
class ApplicationDataSource {
    @Resource(lookup = "java:app/jdbc/ergograph")
    private @Nullable DataSource dataSource;

    @Inject
    ApplicationDataSource() {}

    @Produces
    @Singleton
    DataSource dataSource() {
        DataSource injected = dataSource;
        if (injected == null) {
            throw new IllegalStateException("java:app/jdbc/ergograph is not there");
        }
        return new CountedDataSource(injected, PoolUse.APPLICATION);
    }
}
