package org.ergograph.notify.prometheus;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;
import org.ergograph.notify.AlertRules;
import org.ergograph.settings.Thresholds;
import org.ergograph.web.DatabaseCalls;

/** The rules as a rule file of Prometheus, over HTTP. */
@Path("/alert-rules/export")
@Singleton
public class RuleExportResource {
    static final String YAML = "application/yaml";

    // Fields, because the JAX-RS implementation of Open Liberty insists on a constructor without parameters.
    @Inject
    AlertRules rules;

    @Inject
    Thresholds thresholds;

    /** Every rule that Prometheus can have; the header says how many it cannot, and the file's end which and why. */
    @GET
    @Produces(YAML)
    public CompletionStage<Response> export() {
        return DatabaseCalls.orProblem(rules.all().thenApply(all -> {
            RuleFile file = RuleFile.of(all, rule -> rules.definition(rule).toString(), thresholds::value);
            return Response.ok(file.toString().getBytes(StandardCharsets.UTF_8), YAML)
                    .header("Content-Disposition", "attachment; filename=\"ergograph-rules.yml\"")
                    .header("Ergograph-Rules-Exported", file.exported())
                    .header("Ergograph-Rules-Not-Exported", file.refused().size())
                    .header("Cache-Control", "no-store")
                    .build();
        }));
    }
}
