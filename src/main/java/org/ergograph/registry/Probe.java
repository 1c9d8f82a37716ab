package org.ergograph.registry;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.ergograph.observation.NodeIdentity;
import org.ergograph.outbound.OutboundClient;
import org.ergograph.outbound.OutboundPolicy;
import org.ergograph.outbound.OutboundRequest;
import org.ergograph.outbound.OutboundResult;
import org.ergograph.outbound.OutboundSettings;
import org.ergograph.web.ProblemException;

/** Asks an upstream server for an answer in HTTP; any answer will do, since only MCP can tell whether it is the right one. */
@Singleton
class Probe {
    /** What this server answers to itself. */
    private static final int LOOP_DETECTED = 508;

    private final OutboundClient client;
    private final OutboundPolicy policy;
    private final Duration timeout;
    private final Map<String, String> headers;

    @Inject
    Probe(OutboundClient client, OutboundSettings outbound, RegistrySettings settings, NodeIdentity node) {
        this.client = client;
        this.policy = outbound.policy();
        this.timeout = settings.probeTimeout();
        this.headers =
                Map.of("Accept", "application/json, text/event-stream", NodeIdentity.VIA_HEADER, node.instanceId());
    }

    /** Where servers may be. */
    OutboundPolicy policy() {
        return policy;
    }

    /** Fails with a {@link ProblemException}, 422, where the policy forbids an address of the host, or it is this server itself. */
    CompletionStage<Status> of(Draft draft) {
        Duration deadline = draft.timeout().compareTo(timeout) < 0 ? draft.timeout() : timeout;
        return client.send(new OutboundRequest(draft.url(), headers, deadline, 0))
                .thenApply(result -> status(draft, result));
    }

    private static Status status(Draft draft, OutboundResult result) {
        if (result instanceof OutboundResult.Refused refused) {
            throw Draft.refused(draft.url(), refused.refusal());
        }
        if (result instanceof OutboundResult.Reached reached && reached.status() == LOOP_DETECTED) {
            throw ProblemException.unprocessable(
                    "url", draft.url() + " (it leads to this server itself)", "the URL of another server");
        }
        return result instanceof OutboundResult.Failed failed ? Status.unreachable(failed.reason()) : Status.active();
    }
}
