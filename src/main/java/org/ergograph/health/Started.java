package org.ergograph.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;
import org.ergograph.database.DatabaseState;

/** Started: the migrations are done. */
@Startup
@ApplicationScoped
public class Started implements HealthCheck {
    @Inject
    DatabaseState database;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("migrations").status(database.ready()).build();
    }
}
