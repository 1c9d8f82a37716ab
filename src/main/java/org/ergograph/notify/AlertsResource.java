package org.ergograph.notify;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.ergograph.alert.Severity;
import org.ergograph.observation.TimeSource;
import org.ergograph.web.DatabaseCalls;
import org.ergograph.web.JsonBody;
import org.ergograph.web.QueryParameters;
import org.jspecify.annotations.Nullable;

/** The REST interface of the alerts. */
@Path("/alerts")
@Produces(MediaType.APPLICATION_JSON)
@Singleton
public class AlertsResource {
    private static final String WHAT = "alert";
    private static final List<String> STATES =
            List.of("pending", "firing", "resolving", "resolved", "no_data", "error");

    // Fields, because the JAX-RS implementation of Open Liberty insists on a constructor without parameters.
    @Inject
    Alerts alerts;

    @Inject
    TimeSource time;

    @GET
    public CompletionStage<Response> list(@Context UriInfo uri) {
        QueryParameters query = new QueryParameters(uri.getQueryParameters());
        Page page = Page.read(query, "alerts");
        Boolean active = query.has("active") ? query.bool("active", true) : null;
        AlertFilter filter = new AlertFilter(
                active,
                query.oneOf("state", STATES),
                query.oneOf("severity", Severity.WORDS),
                query.text("rule", RuleJson.MAX_NAME),
                query.instant("from"),
                query.instant("to"),
                page.after(),
                page.limit());
        query.check();
        return DatabaseCalls.orProblem(alerts.list(filter).thenApply(page::answer));
    }

    @GET
    @Path("/{id}")
    public CompletionStage<Response> get(@PathParam("id") String id) {
        return DatabaseCalls.orProblem(alerts.get(Answers.given(WHAT, id)).thenApply(Answers::ok));
    }

    @POST
    @Path("/{id}/acknowledge")
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> acknowledge(@PathParam("id") String id, @Nullable InputStream in) {
        String known = Answers.given(WHAT, id);
        JsonBody body = JsonBody.read(in, AlertRulesResource.MAX_BODY);
        String owner = owner(body);
        String comment = comment(body);
        Instant until = until(body);
        body.check();
        return DatabaseCalls.orProblem(
                alerts.acknowledge(known, owner, comment, until).thenApply(Answers::ok));
    }

    private @Nullable Instant until(JsonBody body) {
        Instant until = body.instant("until");
        boolean expires = body.has("expiresIn");
        if (until != null && !until.isAfter(time.now())) {
            body.fault("until", until.toString(), "after now, which is " + time.now());
        }
        Duration expiresIn =
                body.duration("expiresIn", Duration.ofHours(1), Duration.ofMinutes(1), Duration.ofDays(365));
        if (expires && until != null) {
            body.fault("expiresIn", expiresIn.toString(), "absent where there is until");
        }
        return expires ? time.now().plus(expiresIn) : until;
    }

    @DELETE
    @Path("/{id}/acknowledge")
    public CompletionStage<Response> unacknowledge(@PathParam("id") String id, @Context UriInfo uri) {
        String known = Answers.given(WHAT, id);
        QueryParameters query = new QueryParameters(uri.getQueryParameters());
        String owner = query.text("owner", 200);
        query.check();
        return DatabaseCalls.orProblem(
                alerts.unacknowledge(known, owner == null ? "" : owner, "").thenApply(Answers::ok));
    }

    @POST
    @Path("/{id}/resolve")
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> resolve(@PathParam("id") String id, @Nullable InputStream in) {
        String known = Answers.given(WHAT, id);
        JsonBody body = JsonBody.read(in, AlertRulesResource.MAX_BODY);
        String owner = owner(body);
        String comment = comment(body);
        body.check();
        CompletionStage<JsonObject> resolved = alerts.resolve(known, owner, comment);
        return DatabaseCalls.orProblem(resolved.thenApply(Answers::ok));
    }

    private static String owner(JsonBody body) {
        return body.text("owner", 1, 200);
    }

    private static String comment(JsonBody body) {
        String comment = body.optionalText("comment", 0, 2000);
        return comment == null ? "" : comment;
    }
}
