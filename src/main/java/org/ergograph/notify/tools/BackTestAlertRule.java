package org.ergograph.notify.tools;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.ergograph.alert.Rule;
import org.ergograph.notify.AlertRules;
import org.ergograph.notify.backtest.BackTests;
import org.ergograph.notify.tools.Answering.Found;
import org.ergograph.observation.TimeSource;
import org.ergograph.tool.Answer;
import org.ergograph.tool.Arguments;
import org.ergograph.tool.Call;
import org.ergograph.tool.Hints;
import org.ergograph.tool.Tool;
import org.ergograph.tool.ToolDefinition;
import org.ergograph.web.JsonBody;
import org.ergograph.web.JsonText;
import org.ergograph.web.ProblemException;

/** The tool that says when a rule would have fired. Thread-safe. */
@Singleton
class BackTestAlertRule implements Tool {
    static final String NAME = "km_back_test_alert_rule";

    private static final ToolDefinition DEFINITION = ToolDefinition.of(
            NAME,
            "performance",
            "Back-test an alert rule",
            "Runs an alert rule over the recorded history as if it had been live, and says when it would have fired and for how"
                    + " long. Says first how much data there was: NO_MATCHING_DATA means that no alert means nothing. Give the"
                    + " name or id of a rule, or a condition to try.",
            AlertSchemas.BACK_TEST_INPUT,
            AlertSchemas.BACK_TEST_OUTPUT,
            Hints.READ_ONLY);

    private final AlertRules rules;
    private final BackTests backTests;
    private final TimeSource time;

    @Inject
    BackTestAlertRule(AlertRules rules, BackTests backTests, TimeSource time) {
        this.rules = rules;
        this.backTests = backTests;
        this.time = time;
    }

    @Override
    public ToolDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CompletionStage<Answer> call(Call call) {
        long began = time.nanoTime();
        Arguments arguments = new Arguments(call.arguments());
        try {
            Instant to = moment(arguments, "to", time.now());
            Instant from = moment(arguments, "from", to.minus(Duration.ofHours(arguments.integer("hours", 24))));
            if (from.isAfter(to)) {
                throw ProblemException.badField("from", from.toString(), "not after to, which is " + to);
            }
            int limit = (int) arguments.integer("limit", 20);
            return Answering.answer(
                    rule(arguments)
                            .thenCompose(rule -> backTests.run(rule, from, to, limit, call::cancelled))
                            .thenApply(BackTestAlertRule::found),
                    time,
                    began);
        } catch (ProblemException e) {
            return CompletableFuture.completedFuture(Answering.failed(e));
        }
    }

    private static Instant moment(Arguments arguments, String name, Instant otherwise) {
        String text = arguments.text(name);
        try {
            return text == null ? otherwise : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw ProblemException.badField(name, text, "a moment like 2026-01-31T12:00:00Z");
        }
    }

    private CompletionStage<Rule> rule(Arguments arguments) {
        String name = arguments.text("rule");
        String condition = arguments.text("condition");
        if ((name == null) == (condition == null)) {
            throw ProblemException.badField("rule", name, "given, or condition, and not both");
        }
        if (condition != null) {
            return CompletableFuture.completedFuture(
                    rules.tried(JsonBody.parse(tried(arguments, condition).toString())));
        }
        return rules.all().thenApply(all -> named(all, String.valueOf(name)));
    }

    private static JsonObject tried(Arguments arguments, String condition) {
        return JsonText.object()
                .add("name", "tried")
                .add("condition", condition)
                .add("scope", arguments.text("scope", "system"))
                .add(
                        "window",
                        Duration.ofSeconds(arguments.integer("window", 300)).toString())
                .add("for", Duration.ofSeconds(arguments.integer("for", 0)).toString())
                .build();
    }

    private static Rule named(List<Rule> all, String name) {
        return all.stream()
                .filter(rule -> rule.name().equals(name) || rule.id().equals(name))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("rule", name));
    }

    private static Found found(JsonObject content) {
        JsonObject coverage = content.getJsonObject("coverage");
        JsonObject totals = content.getJsonObject("totals");
        String text = coverage.getString("result") + ": data in " + coverage.getJsonNumber("withData") + " of "
                + coverage.getJsonNumber("evaluations") + " evaluations from " + content.getString("from") + " to "
                + content.getString("to") + " in steps of " + content.getString("step") + ". Fired "
                + totals.getJsonNumber("fired") + " times, " + totals.getJsonNumber("firingSeconds")
                + " s in all, the longest "
                + totals.getJsonNumber("longestSeconds") + " s.";
        return new Found(content, text);
    }
}
