package org.ergograph.notify.backtest;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.concurrent.CompletionStage;
import org.ergograph.notify.AlertRules;
import org.ergograph.observation.TimeSource;
import org.ergograph.web.DatabaseCalls;
import org.ergograph.web.JsonBody;
import org.jspecify.annotations.Nullable;

/** Back-tests of rules that are stored, over HTTP. */
@Path("/alert-rules/{id}/back-test")
@Produces(MediaType.APPLICATION_JSON)
@Singleton
public class StoredBackTestResource {
    // Fields, because the JAX-RS implementation of Open Liberty insists on a constructor without parameters.
    @Inject
    AlertRules rules;

    @Inject
    BackTests backTests;

    @Inject
    TimeSource time;

    /** Answers when the rule would have fired. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> run(@PathParam("id") String id, @Nullable InputStream in) {
        JsonBody body = JsonBody.read(in, BackTestResource.MAX_BODY);
        BackTestRange range = BackTestRange.read(body, time.now());
        body.check();
        return DatabaseCalls.orProblem(
                rules.get(id).thenCompose(rule -> range.run(backTests, rule)).thenApply(BackTestResource::answer));
    }
}
