package org.ergograph.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.ergograph.history.AuditWriter;

/**
 * Ready: there is room for audit records, the application is not stopping, and the checks named by the operator work. Answers
 * from what is known already.
 */
@Readiness
@ApplicationScoped
public class Ready implements HealthCheck {
    private volatile boolean stopping;

    @Inject
    AuditWriter writer;

    @Inject
    HealthChecks checks;

    @Inject
    HealthSettings settings;

    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
        stopping = true;
    }

    @Override
    public HealthCheckResponse call() {
        boolean room = writer.state().hasRoom();
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("ready").withData("auditRoom", room).withData("stopping", stopping);
        boolean ready = room && !stopping;
        for (String name : settings.ready()) {
            HealthState state =
                    checks.named(name).map(check -> check.last().state()).orElse(HealthState.UNKNOWN);
            response.withData(name, state.label());
            ready &= state.works();
        }
        return response.status(ready).build();
    }
}
