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
import org.ergograph.http.ActiveRequests;
import org.ergograph.observation.Kind;
import org.ergograph.observation.NodeIdentity;
import org.ergograph.observation.TimeSource;
import org.ergograph.system.SystemSampler;
import org.ergograph.web.QueryParameters;
import org.ergograph.window.Window;

/** Answers with what this node did within the window: overall, by kind, and by series. */
@Path("/metrics/summary")
@Singleton
public class SummaryResource {
    private static final List<String> KINDS =
            Arrays.stream(Kind.values()).map(Kind::label).toList();

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

    /** The parameter {@code kind} says which series are listed; what is overall and by kind stays the same. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response summary(@Context UriInfo uri) {
        Optional<Kind> kind = kind(uri.getQueryParameters());
        Summary summary =
                new Summary(node, node.uptime(time), window.snapshot(), system.latest(), requests.activeRequests());
        StreamingOutput body = out -> SummaryJson.write(out, summary, kind, Integer.MAX_VALUE);
        return Response.ok(body).header("Cache-Control", "no-store").build();
    }

    static Optional<Kind> kind(Map<String, List<String>> query) {
        QueryParameters parameters = new QueryParameters(query);
        String kind = parameters.oneOf("kind", KINDS);
        parameters.check();
        return kind == null ? Optional.empty() : Kind.parse(kind);
    }
}
