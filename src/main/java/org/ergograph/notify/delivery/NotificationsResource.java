package org.ergograph.notify.delivery;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.ergograph.database.TimeOrderedIds;
import org.ergograph.observation.TimeSource;
import org.ergograph.web.Cursor;
import org.ergograph.web.DatabaseCalls;
import org.ergograph.web.JsonText;
import org.ergograph.web.ProblemException;
import org.ergograph.web.QueryParameters;

/** The REST interface of what was told, and what waits to be. */
@Path("/notifications")
@Produces(MediaType.APPLICATION_JSON)
@Singleton
public class NotificationsResource {
    private static final String LIST = "notifications";
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;

    // Fields, because the JAX-RS implementation of Open Liberty insists on a constructor without parameters.
    @Inject
    DatabaseCalls database;

    @Inject
    Notifications notifications;

    @Inject
    DatabaseSender sender;

    @Inject
    TimeSource time;

    @GET
    public CompletionStage<Response> list(@Context UriInfo uri) {
        QueryParameters query = new QueryParameters(uri.getQueryParameters());
        String state = query.oneOf("state", List.of(Ended.WAITING, Ended.SENDING, Ended.SENT, Ended.DEAD));
        String channel = query.text("channel", 64);
        String alert = query.text("alert", 36);
        List<String> cursor = query.cursor(LIST, 1);
        int limit = query.limit(DEFAULT_LIMIT, MAX_LIMIT);
        query.check();
        Notifications.Wanted wanted =
                new Notifications.Wanted(state, channel, alert, cursor == null ? null : cursor.get(0), limit);
        return database.answer(() -> page(notifications.list(wanted), limit));
    }

    private static Response page(List<JsonObject> found, int limit) {
        List<JsonObject> page = found.subList(0, Math.min(limit, found.size()));
        JsonArrayBuilder items = JsonText.array();
        page.forEach(items::add);
        String next = found.size() > limit
                ? Cursor.encode(LIST, page.get(page.size() - 1).getString("id"))
                : null;
        return Response.ok(JsonText.bytes(JsonText.page(items.build(), next))).build();
    }

    /** Has what was given up sent again. */
    @POST
    @Path("/{id}/retry")
    public CompletionStage<Response> retry(@PathParam("id") String id) {
        if (!TimeOrderedIds.isId(id)) {
            throw ProblemException.notFound("notification", id);
        }
        return DatabaseCalls.orProblem(database.act("notification", "retry", () -> {
                    JsonObject json = notifications.retry(id, time.now()).orProblem(id);
                    sender.wake();
                    return json;
                })
                .thenApply(json -> Response.accepted(JsonText.bytes(json)).build()));
    }
}
