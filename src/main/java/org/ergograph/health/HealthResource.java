package org.ergograph.health;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.concurrent.CompletionStage;
import org.ergograph.observation.NodeIdentity;
import org.ergograph.observation.TimeSource;
import org.ergograph.web.JsonText;
import org.ergograph.web.ProblemException;
import org.ergograph.web.QueryParameters;

/** The detailed report of health, and one check alone. */
@Path("/health")
@Singleton
public class HealthResource {
    // Fields, because the JAX-RS implementation of Open Liberty insists on a constructor without parameters.
    @Inject
    HealthChecks checks;

    @Inject
    NodeIdentity node;

    @Inject
    TimeSource time;

    /** The last results; {@code detailed} adds those of each check, {@code checksOnly} leaves out everything else. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response report(@Context UriInfo uri) {
        QueryParameters parameters = new QueryParameters(uri.getQueryParameters());
        boolean detailed = parameters.bool("detailed", false);
        boolean checksOnly = parameters.bool("checksOnly", false);
        parameters.check();
        HealthReport report =
                new HealthReport(node.name(), node.version(), node.uptime(time), time.now(), checks.results());
        return response(report.state(), checksOnly ? report.checksOnly() : report.json(detailed));
    }

    /** One check, made now; the answer takes as long as the check may take. */
    @GET
    @Path("/{name}")
    @Produces(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> check(@PathParam("name") String name, @Context UriInfo uri) {
        new QueryParameters(uri.getQueryParameters()).check();
        ScheduledCheck check = checks.named(name).orElseThrow(() -> ProblemException.notFound("health check", name));
        return check.run().thenApply(result -> response(result.state(), result.json()));
    }

    private static Response response(HealthState state, JsonObject json) {
        return Response.status(HealthReport.httpStatus(state))
                .type(MediaType.APPLICATION_JSON)
                .header("Cache-Control", "no-store")
                .entity(JsonText.bytes(json))
                .build();
    }
}
