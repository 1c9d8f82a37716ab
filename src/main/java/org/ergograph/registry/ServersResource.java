package org.ergograph.registry;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
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
import org.ergograph.database.TimeOrderedIds;
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
    ServerLookup lookup;

    @Inject
    Registry registry;

    @Inject
    Registration registration;

    @Inject
    Change change;

    @Inject
    Probe probe;

    @GET
    public CompletionStage<Response> list(@Context UriInfo uri) {
        ServerFilter filter = ServerFilter.from(new QueryParameters(uri.getQueryParameters()));
        return database.answer(() -> page(lookup.list(filter), filter.limit()));
    }

    private static Response page(List<ServerLookup.Found> found, int limit) {
        List<ServerLookup.Found> page = found.subList(0, Math.min(limit, found.size()));
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
                .thenApply(this::changed)
                .thenApply(server -> answer(
                        Response.created(URI.create(here + (here.getPath().endsWith("/") ? "" : "/") + server.id())),
                        server.version(),
                        server.json())));
    }

    @GET
    @Path("/{id}")
    public CompletionStage<Response> get(@PathParam("id") String id) {
        String known = given(id);
        return database.answer(() -> {
            ServerLookup.Found found = lookup.get(known);
            return answer(Response.ok(), found.version(), found.json());
        });
    }

    @PUT
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> change(
            @PathParam("id") String id, @Context HttpHeaders headers, @Nullable InputStream body) {
        String known = given(id);
        String version = ETags.present(headers.getHeaderString(HttpHeaders.IF_MATCH));
        lookup.requireChangeable(known);
        Draft draft = Draft.from(JsonBody.read(body, MAX_BODY), probe.policy());
        lookup.requireFree(draft.name());
        return DatabaseCalls.orProblem(change.apply(known, version, draft)
                .thenApply(this::changed)
                .thenApply(server -> answer(Response.ok(), server.version(), server.json())));
    }

    @DELETE
    @Path("/{id}")
    public CompletionStage<Response> delete(@PathParam("id") String id, @Context HttpHeaders headers) {
        String known = given(id);
        String version = ETags.present(headers.getHeaderString(HttpHeaders.IF_MATCH));
        lookup.requireChangeable(known);
        return database.answer(() -> {
            changed(servers.delete(known, version).server(known, version));
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

    /** After the commit: the gateway learns of it at once. */
    private UpstreamServer changed(UpstreamServer server) {
        registry.changed();
        return server;
    }

    private static Response answer(Response.ResponseBuilder response, long version, JsonObject json) {
        return response.header("ETag", ETags.of(version))
                .type(MediaType.APPLICATION_JSON)
                .entity(JsonText.bytes(json))
                .build();
    }
}
