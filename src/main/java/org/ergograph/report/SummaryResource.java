package org.ergograph.report;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.ergograph.history.query.RecordedSummaries;
import org.ergograph.history.query.RecordedSummary;
import org.ergograph.http.ActiveRequests;
import org.ergograph.notify.Alerts;
import org.ergograph.observation.Kind;
import org.ergograph.observation.NodeIdentity;
import org.ergograph.observation.TimeSource;
import org.ergograph.system.SystemSampler;
import org.ergograph.web.DatabaseCalls;
import org.ergograph.web.JsonText;
import org.ergograph.web.QueryParameters;
import org.ergograph.window.Window;

/** Answers with what this node did within the window, or all nodes within some hours: overall, by kind, and by series. */
@Path("/metrics/summary")
@Singleton
public class SummaryResource {
    private static final List<String> KINDS =
            Arrays.stream(Kind.values()).map(Kind::label).toList();

    private static final String HOURS = "hours";
    private static final int DAY = 24;

    // In fields: Open Liberty's JAX-RS wants a resource's constructor to have nothing but what JAX-RS itself gives.
    @Inject
    NodeIdentity node;

    @Inject
    TimeSource time;

    @Inject
    Window window;

    @Inject
    SystemSampler system;

    @Inject
    ActiveRequests requests;

    @Inject
    RecordedSummaries recorded;

    @Inject
    Alerts alerts;

    /**
     * The window of this node, where the parameter {@code kind} says which series are listed; what is overall and by kind stays
     * the same. With the parameter {@code hours}, the record of all nodes instead.
     */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> summary(@Context UriInfo uri) {
        Map<String, List<String>> query = uri.getQueryParameters();
        if (!query.containsKey(HOURS)) {
            return CompletableFuture.completedFuture(live(kind(query)));
        }
        int hours = hours(query);
        return DatabaseCalls.orProblem(recorded.last(hours)
                .thenCompose(summary -> alerts.fired(summary.from(), summary.to())
                        .thenApply(fired -> recorded(summary, hours, fired))));
    }

    private Response recorded(RecordedSummary summary, int hours, Map<String, Long> fired) {
        return Response.ok(
                        JsonText.bytes(RecordedJson.of(
                                summary, hours, window.snapshot().samples(), fired)),
                        MediaType.APPLICATION_JSON)
                .header("Cache-Control", "no-store")
                .build();
    }

    private Response live(Optional<Kind> kind) {
        Summary summary =
                new Summary(node, node.uptime(time), window.snapshot(), system.latest(), requests.activeRequests());
        StreamingOutput body = out -> SummaryJson.write(out, summary, kind, Integer.MAX_VALUE);
        return Response.ok(body).header("Cache-Control", "no-store").build();
    }

    /** Empty is a day. */
    static int hours(Map<String, List<String>> query) {
        QueryParameters parameters = new QueryParameters(query);
        int hours = parameters.integer(HOURS, DAY, 1, RecordedSummaries.MAX_HOURS);
        parameters.check();
        return hours;
    }

    static Optional<Kind> kind(Map<String, List<String>> query) {
        QueryParameters parameters = new QueryParameters(query);
        String kind = parameters.oneOf("kind", KINDS);
        parameters.check();
        return kind == null ? Optional.empty() : Kind.parse(kind);
    }
}
