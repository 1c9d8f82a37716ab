package org.ergograph.registry;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletionStage;
import org.ergograph.monitor.MonitoredWorkflow;
import org.ergograph.observation.Recorder;
import org.ergograph.web.Continuation;
import org.ergograph.web.JsonBody;

/** Registering a server: a workflow of steps, each measured, and itself a recorded run. */
@Singleton
class Registration {
    static final String WORKFLOW = "register_server";

    private final Recorder recorder;
    private final RegistrationSteps steps;

    @Inject
    Registration(Recorder recorder, RegistrationSteps steps) {
        this.recorder = recorder;
        this.steps = steps;
    }

    /** Fails with a problem where a field is wrong, the policy forbids the URL, or the name is taken. */
    @MonitoredWorkflow(name = WORKFLOW)
    CompletionStage<UpstreamServer> register(JsonBody body) {
        Draft draft = steps.validate(body);
        return steps.probe(draft)
                .thenCompose(Continuation.<Status, UpstreamServer>of(recorder, probed -> steps.store(draft, probed)));
    }
}
