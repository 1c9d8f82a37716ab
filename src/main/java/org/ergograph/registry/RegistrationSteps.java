package org.ergograph.registry;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.ergograph.database.TimeOrderedIds;
import org.ergograph.monitor.MonitoredWorkflowStep;
import org.ergograph.observation.TimeSource;
import org.ergograph.web.DatabaseCalls;
import org.ergograph.web.JsonBody;

/** The steps of registering a server; none holds a connection to the database while it asks the server. */
@Singleton
class RegistrationSteps {
    private final Probe probe;
    private final ServerRepository servers;
    private final DatabaseCalls database;
    private final TimeSource time;
    private final TimeOrderedIds ids;
    private final ServerLookup lookup;

    @Inject
    RegistrationSteps(
            Probe probe, ServerRepository servers, DatabaseCalls database, TimeSource time, ServerLookup lookup) {
        this.probe = probe;
        this.servers = servers;
        this.database = database;
        this.time = time;
        this.lookup = lookup;
        this.ids = new TimeOrderedIds(() -> now().toEpochMilli());
    }

    private Instant now() {
        long nanos = time.epochNanos(time.nanoTime());
        return Instant.ofEpochSecond(0, nanos);
    }

    @MonitoredWorkflowStep(workflow = Registration.WORKFLOW, step = "validate")
    Draft validate(JsonBody body) {
        Draft draft = Draft.from(body, probe.policy());
        lookup.requireFree(draft.name());
        return draft;
    }

    @MonitoredWorkflowStep(workflow = Registration.WORKFLOW, step = "probe")
    CompletionStage<Status> probe(Draft draft) {
        return probe.of(draft);
    }

    @MonitoredWorkflowStep(workflow = Registration.WORKFLOW, step = "store")
    CompletionStage<UpstreamServer> store(Draft draft, Status probed) {
        UpstreamServer server = new UpstreamServer(ids.next(), draft, probed, now());
        return database.run(() -> servers.insert(server)).thenApply(written -> written.server(server.id(), ""));
    }
}
