package org.ergograph.registry;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonArrayBuilder;
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
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.ergograph.web.Cursor;
import org.ergograph.web.DatabaseCalls;
import org.ergograph.web.ETags;
import org.ergograph.web.JsonBody;
import org.ergograph.web.JsonText;
import org.ergograph.web.ProblemException;
import org.ergograph.web.QueryParameters;
import org.jspecify.annotations.Nullable;

/** The REST interface of the registry. */
@Path("/servers")
@Produces(MediaType.APPLICATION_JSON)
@Singleton
public class ServersResource {
    private static final int MAX_BODY = 64 * 1024;

    // Fields, because the JAX-RS implementation of Open Liberty insists on a constructor without parameters.
    @Inject
    DatabaseCalls database;

    @Inject
    ServerRepository servers;

    @Inject
    Registration registration;

    @Inject
    Change change;

    @Inject
    Probe probe;

    @GET
    public CompletionStage<Response> list(@Context UriInfo uri) {
        ServerFilter filter = ServerFilter.from(new QueryParameters(uri.getQueryParameters()));
        return database.answer(() -> page(servers.list(filter), filter.limit()));
    }

    private static Response page(List<UpstreamServer> found, int limit) {
        List<UpstreamServer> page = found.subList(0, Math.min(limit, found.size()));
        JsonArrayBuilder items = JsonText.array();
        page.forEach(server -> items.add(server.json()));
        String next = found.size() > limit
                ? Cursor.encode(ServerFilter.LIST, page.get(page.size() - 1).id())
                : null;
        return Response.ok(JsonText.bytes(JsonText.page(items.build(), next))).build();
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> register(@Context UriInfo uri, @Nullable InputStream body) {
        URI here = uri.getAbsolutePath();
        return DatabaseCalls.orProblem(registration
                .register(JsonBody.read(body, MAX_BODY))
                .thenApply(server -> answer(
                        Response.created(URI.create(here + (here.getPath().endsWith("/") ? "" : "/") + server.id())),
                        server)));
    }

    @GET
    @Path("/{id}")
    public CompletionStage<Response> get(@PathParam("id") String id) {
        String known = given(id);
        return database.answer(() -> answer(
                Response.ok(), servers.get(known).orElseThrow(() -> ProblemException.notFound("server", known))));
    }

    @PUT
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> change(
            @PathParam("id") String id, @Context HttpHeaders headers, @Nullable InputStream body) {
        String known = given(id);
        String version = ETags.present(headers.getHeaderString(HttpHeaders.IF_MATCH));
        Draft draft = Draft.from(JsonBody.read(body, MAX_BODY), probe.policy());
        return DatabaseCalls.orProblem(
                change.apply(known, version, draft).thenApply(server -> answer(Response.ok(), server)));
    }

    @DELETE
    @Path("/{id}")
    public CompletionStage<Response> delete(@PathParam("id") String id, @Context HttpHeaders headers) {
        String known = given(id);
        String version = ETags.present(headers.getHeaderString(HttpHeaders.IF_MATCH));
        return database.answer(() -> {
            servers.delete(known, version).server(known, version);
            return Response.noContent().build();
        });
    }

    /** What is no id of ours is not looked for: databases differ in what text they take. */
    private static String given(String id) {
        if (!TimeOrderedIds.isId(id)) {
            throw ProblemException.notFound("server", id);
        }
        return id;
    }

    private static Response answer(Response.ResponseBuilder response, UpstreamServer server) {
        return response.header("ETag", ETags.of(server.version()))
                .type(MediaType.APPLICATION_JSON)
                .entity(JsonText.bytes(server.json()))
                .build();
    }
}
