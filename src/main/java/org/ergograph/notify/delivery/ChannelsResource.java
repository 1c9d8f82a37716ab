package org.ergograph.notify.delivery;

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
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.ergograph.database.TimeOrderedIds;
import org.ergograph.notify.delivery.channel.Channel;
import org.ergograph.observation.Recorder;
import org.ergograph.observation.TimeSource;
import org.ergograph.outbound.OutboundSettings;
import org.ergograph.web.Continuation;
import org.ergograph.web.DatabaseCalls;
import org.ergograph.web.ETags;
import org.ergograph.web.JsonBody;
import org.ergograph.web.JsonText;
import org.ergograph.web.ProblemException;
import org.jspecify.annotations.Nullable;

/** The REST interface of the channels. */
@Path("/channels")
@Produces(MediaType.APPLICATION_JSON)
@Singleton
public class ChannelsResource {
    private static final int MAX_BODY = 64 * 1024;

    // Fields, because the JAX-RS implementation of Open Liberty insists on a constructor without parameters.
    @Inject
    DatabaseCalls database;

    @Inject
    ChannelRows rows;

    @Inject
    Channels channels;

    @Inject
    Trial trial;

    @Inject
    OutboundSettings outbound;

    @Inject
    Recorder recorder;

    @Inject
    TimeSource time;

    /** All of them: there are few. */
    @GET
    public CompletionStage<Response> list() {
        return database.answer(() -> {
            JsonArrayBuilder items = JsonText.array().add(ChannelJson.log());
            rows.all().forEach(row -> items.add(ChannelJson.shown(row)));
            return Response.ok(JsonText.bytes(JsonText.page(items.build(), null)))
                    .build();
        });
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> create(@Context UriInfo uri, @Nullable InputStream body) {
        URI here = uri.getAbsolutePath();
        ChannelFields.Read fields = ChannelFields.read(JsonBody.read(body, MAX_BODY), outbound.policy(), null);
        String id = new TimeOrderedIds(() -> time.now().toEpochMilli()).next();
        URI there = URI.create(here + (here.getPath().endsWith("/") ? "" : "/") + id);
        return DatabaseCalls.orProblem(act(
                        "create",
                        () -> rows.insert(new ChannelRow(id, fields, time.now()))
                                .orProblem(id, "*", fields.name()))
                .thenApply(row -> answer(Response.created(there), row.version(), ChannelJson.shown(row))));
    }

    @GET
    @Path("/{id}")
    public CompletionStage<Response> get(@PathParam("id") String id) {
        if (id.equals(Channels.LOG)) {
            return java.util.concurrent.CompletableFuture.completedFuture(answer(Response.ok(), 0, ChannelJson.log()));
        }
        String known = given(id);
        return database.answer(() -> {
            ChannelRow row = found(known);
            return answer(Response.ok(), row.version(), ChannelJson.shown(row));
        });
    }

    @PUT
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> change(
            @PathParam("id") String id, @Context HttpHeaders headers, @Nullable InputStream body) {
        String known = changeable(id);
        String version = ifMatch(headers);
        JsonBody fields = JsonBody.read(body, MAX_BODY);
        return DatabaseCalls.orProblem(act("change", () -> change(known, version, fields))
                .thenApply(row -> answer(Response.ok(), row.version(), ChannelJson.shown(row))));
    }

    @DELETE
    @Path("/{id}")
    public CompletionStage<Response> delete(@PathParam("id") String id, @Context HttpHeaders headers) {
        String known = changeable(id);
        String version = ifMatch(headers);
        return DatabaseCalls.orProblem(
                act("delete", () -> rows.delete(known, version).orProblem(known, version, ""))
                        .thenApply(row -> Response.noContent().build()));
    }

    private ChannelRow change(String id, String version, JsonBody body) {
        ChannelRow before = found(id);
        ETags.require(version, before.version());
        ChannelFields.Read fields = ChannelFields.read(body, outbound.policy(), before);
        return rows.update(id, version, before.version(), fields, time.now()).orProblem(id, version, fields.name());
    }

    private ChannelRow found(String id) {
        return rows.get(id).orElseThrow(() -> StoredChannel.missing(id));
    }

    private CompletionStage<ChannelRow> act(String action, Supplier<ChannelRow> change) {
        return database.act(
                "channel",
                action,
                () -> {
                    ChannelRow row = change.get();
                    channels.changed();
                    return row;
                },
                ChannelRow::name);
    }

    /** Sends a test message, and answers 200 with what became of it. */
    @POST
    @Path("/{id}/test")
    public CompletionStage<Response> test(@PathParam("id") String id) {
        CompletionStage<JsonObject> tried;
        if (id.equals(Channels.LOG)) {
            tried = trial.test(Channels.log(Channels.LOG));
        } else {
            String known = given(id);
            tried = database.run(() -> found(known).channel())
                    .thenCompose(Continuation.<Channel, JsonObject>of(recorder, trial::test));
        }
        return DatabaseCalls.orProblem(
                tried.thenApply(json -> Response.ok(JsonText.bytes(json)).build()));
    }

    private static String changeable(String id) {
        if (id.equals(Channels.LOG)) {
            throw ProblemException.conflict("id", id, "a channel that was made; log is always there as it is");
        }
        return given(id);
    }

    /** What is no id of ours is not looked for: databases differ in what text they take. */
    private static String given(String id) {
        if (!TimeOrderedIds.isId(id)) {
            throw ProblemException.notFound("channel", id);
        }
        return id;
    }

    /** The version that is meant; any if the header is missing. */
    private static String ifMatch(HttpHeaders headers) {
        String header = headers.getHeaderString(HttpHeaders.IF_MATCH);
        return header == null ? "*" : ETags.present(header);
    }

    private static Response answer(Response.ResponseBuilder response, long version, JsonObject json) {
        return response.header("ETag", ETags.of(version))
                .type(MediaType.APPLICATION_JSON)
                .entity(JsonText.bytes(json))
                .build();
    }
}
