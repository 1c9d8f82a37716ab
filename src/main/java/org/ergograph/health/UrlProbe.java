package org.ergograph.health;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.ergograph.outbound.OutboundRequest;
import org.ergograph.outbound.OutboundResult;

/** Checks that a URL of the configuration answers with the status that is expected of it. Its body is not read. */
final class UrlProbe implements HealthProbe {
    private final WatchedUrl watched;
    private final Function<OutboundRequest, CompletionStage<OutboundResult>> client;
    private final Duration deadline;

    /**
     * @param client asks, as the policy on outgoing requests allows
     * @param deadline of the answer
     */
    UrlProbe(WatchedUrl watched, Function<OutboundRequest, CompletionStage<OutboundResult>> client, Duration deadline) {
        this.watched = watched;
        this.client = client;
        this.deadline = deadline;
    }

    @Override
    public String name() {
        return watched.name();
    }

    @Override
    public Finding check() throws InterruptedException, ExecutionException {
        OutboundRequest request = new OutboundRequest(watched.url(), Map.of("Accept", "*/*"), deadline, 0);
        return judge(client.apply(request).toCompletableFuture().get(), watched.status());
    }

    /** @param expected the status */
    static Finding judge(OutboundResult result, int expected) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("expectedStatus", expected);
        if (result instanceof OutboundResult.Reached reached) {
            metadata.put("httpStatus", reached.status());
            metadata.put("responseSeconds", reached.duration().toNanos() / 1e9);
            return reached.status() == expected
                    ? new Finding(HealthState.HEALTHY, "it answers as expected", metadata, null)
                    : new Finding(
                            HealthState.UNHEALTHY,
                            "it answers with status " + reached.status() + " instead of " + expected,
                            metadata,
                            "status");
        }
        if (result instanceof OutboundResult.Failed failed) {
            // That we are too busy to ask says nothing of what we would have asked.
            HealthState state =
                    failed.cause() == OutboundResult.Cause.BUSY ? HealthState.UNKNOWN : HealthState.UNHEALTHY;
            return new Finding(
                    state, failed.reason(), metadata, failed.cause().name().toLowerCase(java.util.Locale.ROOT));
        }
        OutboundResult.Refused refused = (OutboundResult.Refused) result;
        return new Finding(
                HealthState.UNHEALTHY,
                "it may not be asked: it " + refused.refusal().reason() + ", and must be "
                        + refused.refusal().allowed(),
                metadata,
                "refused");
    }
}
