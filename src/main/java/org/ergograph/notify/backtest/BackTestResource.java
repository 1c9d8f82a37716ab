package org.ergograph.notify.backtest;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.ergograph.alert.Rule;
import org.ergograph.notify.AlertRules;
import org.ergograph.observation.TimeSource;
import org.ergograph.web.DatabaseCalls;
import org.ergograph.web.JsonBody;
import org.ergograph.web.JsonText;
import org.jspecify.annotations.Nullable;

/** Back-tests of rules that are given, over HTTP. */
@Path("/alert-rules/back-test")
@Produces(MediaType.APPLICATION_JSON)
@Singleton
public class BackTestResource {
    static final int MAX_BODY = 64 * 1024;

    // Fields, because the JAX-RS implementation of Open Liberty insists on a constructor without parameters.
    @Inject
    AlertRules rules;

    @Inject
    BackTests backTests;

    @Inject
    TimeSource time;

    /** Answers when the rule of the body would have fired. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> run(@Nullable InputStream in) {
        JsonBody body = JsonBody.read(in, MAX_BODY);
        BackTestRange range = BackTestRange.read(body, time.now());
        JsonBody given = body.object("rule");
        // Before the check of what is around it, which takes what nobody has read for unknown.
        Rule rule = given == null ? null : rules.tried(given);
        if (rule == null) {
            body.fault("rule", null, "a rule as it is posted to /api/v1/alert-rules");
        }
        body.check();
        Rule known = Objects.requireNonNull(rule);
        return DatabaseCalls.orProblem(range.run(backTests, known).thenApply(BackTestResource::answer));
    }

    static Response answer(JsonObject json) {
        return Response.ok(JsonText.bytes(json), MediaType.APPLICATION_JSON)
                .header("Cache-Control", "no-store")
                .build();
    }
}
