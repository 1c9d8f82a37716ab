package org.ergograph.notify;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.concurrent.CompletionStage;
import org.ergograph.alert.routing.Silence;
import org.ergograph.web.DatabaseCalls;
import org.ergograph.web.JsonBody;
import org.ergograph.web.QueryParameters;
import org.jspecify.annotations.Nullable;

/** The REST interface of the silences. */
@Path("/silences")
@Produces(MediaType.APPLICATION_JSON)
@Singleton
public class SilencesResource {
    private static final String WHAT = "silence";

    // Fields, because the JAX-RS implementation of Open Liberty insists on a constructor without parameters.
    @Inject
    Silences silences;

    @GET
    public CompletionStage<Response> list(@Context UriInfo uri) {
        QueryParameters query = new QueryParameters(uri.getQueryParameters());
        Page page = Page.read(query, "silences");
        query.check();
        return DatabaseCalls.orProblem(silences.list(page.after(), page.limit()).thenApply(page::answer));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> create(@Context UriInfo uri, @Nullable InputStream body) {
        Silence silence = silences.parse(JsonBody.read(body, AlertRulesResource.MAX_BODY));
        var here = uri.getAbsolutePath();
        return DatabaseCalls.orProblem(silences.create(silence).thenApply(json -> Answers.made(here, json)));
    }

    @GET
    @Path("/{id}")
    public CompletionStage<Response> get(@PathParam("id") String id) {
        return DatabaseCalls.orProblem(silences.get(Answers.given(WHAT, id)).thenApply(Answers::versioned));
    }

    @PUT
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> change(
            @PathParam("id") String id, @Context HttpHeaders headers, @Nullable InputStream body) {
        String known = Answers.given(WHAT, id);
        String ifMatch = Answers.ifMatch(headers);
        Silence silence = silences.parse(JsonBody.read(body, AlertRulesResource.MAX_BODY));
        return DatabaseCalls.orProblem(silences.change(known, ifMatch, silence).thenApply(Answers::versioned));
    }

    /** Ends it now; it stays in the list, as expired. */
    @DELETE
    @Path("/{id}")
    public CompletionStage<Response> expire(@PathParam("id") String id, @Context HttpHeaders headers) {
        return DatabaseCalls.orProblem(silences.expire(Answers.given(WHAT, id), Answers.ifMatch(headers))
                .thenApply(expired -> Response.noContent().build()));
    }
}
