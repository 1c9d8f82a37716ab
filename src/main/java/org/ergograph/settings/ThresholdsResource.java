package org.ergograph.settings;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonArrayBuilder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ergograph.observation.Labels;
import org.ergograph.observation.NodeIdentity;
import org.ergograph.observation.TimeSource;
import org.ergograph.web.Cursor;
import org.ergograph.web.DatabaseCalls;
import org.ergograph.web.ETags;
import org.ergograph.web.JsonBody;
import org.ergograph.web.JsonText;
import org.ergograph.web.ProblemException;
import org.ergograph.web.QueryParameters;
import org.jspecify.annotations.Nullable;

/** The REST interface of the thresholds. A change without {@code If-Match} is for any version. */
@Path("/settings/thresholds")
@Produces(MediaType.APPLICATION_JSON)
@Singleton
public class ThresholdsResource {
    private static final int MAX_BODY = 16 * 1024;
    private static final int MAX_COMMENT = 400;
    private static final String HISTORY = "threshold-history";
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;

    // Fields, because the JAX-RS implementation of Open Liberty insists on a constructor without parameters.
    @Inject
    DatabaseCalls database;

    @Inject
    SettingRepository settings;

    @Inject
    ThresholdChanges changes;

    @Inject
    NodeIdentity node;

    @Inject
    TimeSource time;

    @GET
    public CompletionStage<Response> all(@Context UriInfo uri) {
        new QueryParameters(uri.getQueryParameters()).check();
        return database.answer(() -> {
            Map<String, Setting> changed =
                    settings.all().stream().collect(Collectors.toMap(Setting::name, Function.identity()));
            JsonArrayBuilder items = JsonText.array();
            for (Threshold threshold : Threshold.values()) {
                items.add(ThresholdJson.of(threshold, Optional.ofNullable(changed.get(threshold.label()))));
            }
            return Response.ok(JsonText.bytes(JsonText.page(items.build(), null)))
                    .build();
        });
    }

    /** The changes of one threshold, or of all, the newest first. */
    @GET
    @Path("/history")
    public CompletionStage<Response> history(@Context UriInfo uri) {
        QueryParameters query = new QueryParameters(uri.getQueryParameters());
        String name = query.oneOf(
                "name",
                List.of(Threshold.values()).stream().map(Threshold::label).toList());
        int limit = query.limit(DEFAULT_LIMIT, MAX_LIMIT);
        long before = before(query);
        query.check();
        Threshold threshold = name == null ? null : named(name);
        return database.answer(() -> {
            List<SettingChange> found = settings.history(threshold, before, limit + 1);
            List<SettingChange> page = found.subList(0, Math.min(limit, found.size()));
            JsonArrayBuilder items = JsonText.array();
            page.forEach(change -> items.add(ThresholdJson.of(change)));
            String next = found.size() > limit
                    ? Cursor.encode(
                            HISTORY, Long.toString(page.get(page.size() - 1).revision()))
                    : null;
            return Response.ok(JsonText.bytes(JsonText.page(items.build(), next)))
                    .build();
        });
    }

    private static long before(QueryParameters query) {
        List<String> cursor = query.cursor(HISTORY, 1);
        if (cursor == null) {
            return Long.MAX_VALUE;
        }
        try {
            return Long.parseLong(cursor.get(0));
        } catch (NumberFormatException e) {
            query.fault("cursor", cursor.get(0), "a nextCursor that this list gave");
            return Long.MAX_VALUE;
        }
    }

    @GET
    @Path("/{name}")
    public CompletionStage<Response> get(@PathParam("name") String name, @Context UriInfo uri) {
        new QueryParameters(uri.getQueryParameters()).check();
        Threshold threshold = named(name);
        return database.answer(() -> answer(threshold, settings.get(threshold)));
    }

    @PUT
    @Path("/{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> change(
            @PathParam("name") String name,
            @Context HttpHeaders headers,
            @Context SecurityContext security,
            @Nullable InputStream in) {
        Threshold threshold = named(name);
        JsonBody body = JsonBody.read(in, MAX_BODY);
        double value = body.number("value", threshold.min(), threshold.max());
        String comment = body.optionalText("comment", 0, MAX_COMMENT);
        body.check();
        return apply(wish(threshold, value, headers, security, comment));
    }

    /** The default again. */
    @DELETE
    @Path("/{name}")
    public CompletionStage<Response> reset(
            @PathParam("name") String name, @Context HttpHeaders headers, @Context SecurityContext security) {
        return apply(wish(named(name), null, headers, security, null));
    }

    private Wish wish(
            Threshold threshold,
            @Nullable Double value,
            HttpHeaders headers,
            SecurityContext security,
            @Nullable String comment) {
        String ifMatch = headers.getHeaderString(HttpHeaders.IF_MATCH);
        Principal user = security.getUserPrincipal();
        return new Wish(
                threshold,
                value,
                ifMatch == null ? null : ETags.present(ifMatch),
                user == null ? null : Labels.sanitize(user.getName()),
                node.name(),
                comment,
                time.now());
    }

    private CompletionStage<Response> apply(Wish wish) {
        return DatabaseCalls.orProblem(database.act(
                        "threshold " + wish.threshold().label(),
                        wish.value() == null ? "reset" : "change",
                        () -> changes.apply(wish))
                .thenApply(setting -> answer(wish.threshold(), Optional.of(setting))));
    }

    private static Threshold named(String name) {
        return Threshold.named(name).orElseThrow(() -> ProblemException.notFound("threshold", name));
    }

    private static Response answer(Threshold threshold, Optional<Setting> setting) {
        return Response.ok(JsonText.bytes(ThresholdJson.of(threshold, setting)))
                .header("ETag", ETags.of(ThresholdJson.version(setting)))
                .build();
    }
}
