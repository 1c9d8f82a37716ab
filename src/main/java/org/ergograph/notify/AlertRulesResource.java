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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.ergograph.alert.Rule;
import org.ergograph.alert.Severity;
import org.ergograph.web.DatabaseCalls;
import org.ergograph.web.JsonBody;
import org.ergograph.web.QueryParameters;
import org.jspecify.annotations.Nullable;

/** The REST interface of the rules. */
@Path("/alert-rules")
@Produces(MediaType.APPLICATION_JSON)
@Singleton
public class AlertRulesResource {
    static final int MAX_BODY = 64 * 1024;
    private static final String LIST = "alert-rules";

    // Fields, because the JAX-RS implementation of Open Liberty insists on a constructor without parameters.
    @Inject
    AlertRules rules;

    @GET
    public CompletionStage<Response> list(@Context UriInfo uri) {
        QueryParameters query = new QueryParameters(uri.getQueryParameters());
        Page page = Page.read(query, LIST);
        Map<String, Object> equal = new LinkedHashMap<>();
        put(equal, "name", query.text("name", RuleJson.MAX_NAME));
        put(equal, "severity", query.oneOf("severity", Severity.WORDS));
        for (String flag : new String[] {"enabled", "shipped"}) {
            if (query.has(flag)) {
                equal.put(flag, query.bool(flag, true));
            }
        }
        query.check();
        return DatabaseCalls.orProblem(rules.list(equal, page.after(), page.limit())
                .thenApply(found -> page.answer(found, RuleJson::json, Rule::id)));
    }

    private static void put(Map<String, Object> equal, String name, @Nullable Object value) {
        if (value != null) {
            equal.put(name, value);
        }
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> create(@Context UriInfo uri, @Nullable InputStream body) {
        var here = uri.getAbsolutePath();
        return DatabaseCalls.orProblem(
                rules.create(JsonBody.read(body, MAX_BODY)).thenApply(made -> Answers.made(here, RuleJson.json(made))));
    }

    @GET
    @Path("/{id}")
    public CompletionStage<Response> get(@PathParam("id") String id) {
        return DatabaseCalls.orProblem(
                rules.get(Answers.given("rule", id)).thenApply(rule -> Answers.versioned(RuleJson.json(rule))));
    }

    @PUT
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> change(
            @PathParam("id") String id, @Context HttpHeaders headers, @Nullable InputStream body) {
        String known = Answers.given("rule", id);
        String version = Answers.ifMatch(headers);
        return DatabaseCalls.orProblem(rules.change(known, version, JsonBody.read(body, MAX_BODY))
                .thenApply(changed -> Answers.versioned(RuleJson.json(changed))));
    }

    @DELETE
    @Path("/{id}")
    public CompletionStage<Response> delete(@PathParam("id") String id, @Context HttpHeaders headers) {
        return DatabaseCalls.orProblem(rules.delete(Answers.given("rule", id), Answers.ifMatch(headers))
                .thenApply(deleted -> Response.noContent().build()));
    }
}
