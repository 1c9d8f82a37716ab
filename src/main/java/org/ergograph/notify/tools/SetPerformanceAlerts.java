package org.ergograph.notify.tools;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.ergograph.alert.Rule;
import org.ergograph.alert.Severity;
import org.ergograph.notify.AlertRules;
import org.ergograph.notify.tools.Answering.Found;
import org.ergograph.observation.Recorder;
import org.ergograph.observation.TimeSource;
import org.ergograph.tool.Answer;
import org.ergograph.tool.Arguments;
import org.ergograph.tool.Call;
import org.ergograph.tool.Hints;
import org.ergograph.tool.Tool;
import org.ergograph.tool.ToolDefinition;
import org.ergograph.web.Continuation;
import org.ergograph.web.JsonBody;
import org.ergograph.web.JsonText;
import org.jspecify.annotations.Nullable;

/** The tool that makes an alert rule of a metric, an operator and a threshold, or changes the rule of that name. Thread-safe. */
@Singleton
class SetPerformanceAlerts implements Tool {
    static final String NAME = "km_set_performance_alerts";

    /** The label of a rule that may one day start an optimisation. */
    static final String AUTO_RESOLUTION = "auto_resolution";

    private static final ToolDefinition DEFINITION = ToolDefinition.of(
            NAME,
            "performance",
            "Set a performance alert",
            "Creates the alert rule of this name, or changes it: alerts when a metric crosses a threshold, and ends by itself"
                    + " when it no longer does. cpu and memory are percent of the host, execution_time is the 95th percentile"
                    + " in seconds, error_rate is 0 to 1.",
            AlertSchemas.SET_INPUT,
            AlertSchemas.SET_OUTPUT,
            new Hints(false, true, true, false));

    private static final Map<String, String> OPERATORS =
            Map.of("gt", ">", "lt", "<", "eq", "==", "gte", ">=", "lte", "<=");
    private static final Map<String, String> METRICS =
            Map.of("cpu", "cpu_usage", "memory", "memory_usage", "execution_time", "p95", "error_rate", "error_rate");
    private static final Map<String, String> UNITS =
            Map.of("cpu", "%", "memory", "%", "execution_time", "s", "error_rate", "1");
    private static final Duration SHORTEST_WINDOW = Duration.ofMinutes(5);

    private final AlertRules rules;
    private final Recorder recorder;
    private final TimeSource time;

    @Inject
    SetPerformanceAlerts(AlertRules rules, Recorder recorder, TimeSource time) {
        this.rules = rules;
        this.recorder = recorder;
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
        String name = arguments.text("alert_name", "");
        return Answering.answer(
                rules.all()
                        .thenCompose(Continuation.<List<Rule>, Found>of(
                                recorder,
                                all -> set(
                                        arguments,
                                        all.stream()
                                                .filter(rule -> rule.name().equals(name))
                                                .findFirst()))),
                time,
                began);
    }

    private CompletionStage<Found> set(Arguments arguments, Optional<Rule> before) {
        JsonObject existing = before.map(rules::definition).orElse(null);
        JsonBody wanted = JsonBody.parse(wish(arguments, existing).toString());
        CompletionStage<Rule> written =
                before.isPresent() ? rules.change(before.get().id(), "*", wanted) : rules.create(wanted);
        return written.thenApply(rule -> found(arguments, rule, before.isEmpty()));
    }

    /**
     * The rule as clients write it.
     *
     * @param existing the rule of that name, of which what the tool does not speak of stays; null if there is none
     */
    static JsonObject wish(Arguments arguments, @Nullable JsonObject existing) {
        String word = arguments.text("alert_severity", "medium");
        Duration period = Duration.ofSeconds(arguments.integer("evaluation_period", 300));
        JsonArrayBuilder channels = JsonText.array();
        arguments.texts("notification_channels", List.of("log")).forEach(channels::add);
        JsonObjectBuilder json = existing == null ? JsonText.object() : JsonText.object(existing);
        return json.add("name", arguments.text("alert_name", ""))
                .add("enabled", true)
                .add("condition", condition(arguments))
                .addNull("clearCondition")
                .addNull("slo")
                .addNull("firingOf")
                .add("scope", arguments.text("monitoring_scope", "system"))
                .add("groupBy", JsonText.array())
                .add("window", window(period).toString())
                .add("minSamples", 1)
                .add(
                        "severity",
                        Severity.TOOL_WORDS.getOrDefault(word, Severity.WARNING).word())
                .add("severityWord", word)
                .add("channels", channels)
                .add("evaluationPeriod", period.toString())
                .add(
                        "cooldown",
                        Duration.ofSeconds(arguments.integer("alert_cooldown", 900))
                                .toString())
                .add("autoResolve", true)
                .add("labels", labels(arguments, existing))
                .build();
    }

    private static JsonObject labels(Arguments arguments, @Nullable JsonObject existing) {
        JsonObjectBuilder labels = JsonText.object();
        if (existing != null && existing.containsKey("labels")) {
            existing.getJsonObject("labels").forEach((name, value) -> {
                if (!name.equals(AUTO_RESOLUTION)) {
                    labels.add(name, value);
                }
            });
        }
        return (arguments.flag(AUTO_RESOLUTION, false) ? labels.add(AUTO_RESOLUTION, "true") : labels).build();
    }

    private static String condition(Arguments arguments) {
        double threshold = arguments.number("threshold_value", 0);
        return METRICS.get(arguments.text("metric_type", "")) + " "
                + OPERATORS.get(arguments.text("threshold_operator", "gt")) + " "
                + BigDecimal.valueOf(threshold).toPlainString();
    }

    /** As long as the pause between two evaluations, so that nothing is looked at by none. */
    private static Duration window(Duration period) {
        Duration minutes = Duration.ofMinutes(period.plusSeconds(59).toMinutes());
        return minutes.compareTo(SHORTEST_WINDOW) < 0 ? SHORTEST_WINDOW : minutes;
    }

    private Found found(Arguments arguments, Rule rule, boolean created) {
        String metric = arguments.text("metric_type", "");
        String condition = condition(arguments);
        boolean optimise = arguments.flag(AUTO_RESOLUTION, false);
        JsonArrayBuilder findings = JsonText.array();
        if (optimise) {
            findings.add(
                    "auto_resolution is noted, and nothing will be started by it: there is no optimisation yet that an"
                            + " alert could start. The alert ends by itself when the condition has gone, as it does without.");
        }
        JsonObject content = JsonText.object()
                .add("verdict", created ? "created" : "changed")
                .add("created", created)
                .add("condition", condition)
                .add("unit", UNITS.getOrDefault(metric, ""))
                .add("severity", rule.severityWord())
                .add("autoResolution", optimise)
                .add("settingsApplied", rules.json(rule))
                .add("findings", findings)
                .add("recommendations", JsonText.array())
                .add(
                        "nextActions",
                        JsonText.array()
                                .add(JsonText.object()
                                        .add("tool", BackTestAlertRule.NAME)
                                        .add("arguments", JsonText.object().add("rule", rule.name()))
                                        .add("why", "to see when it would have fired"))
                                .add(JsonText.object()
                                        .add("tool", ListAlerts.NAME)
                                        .add("arguments", JsonText.object().add("rule", rule.name()))
                                        .add("why", "to see whether it fires")))
                .build();
        String text = "Alert rule " + rule.name() + " " + (created ? "created" : "changed") + ": " + condition
                + " over "
                + rule.query().window() + ", severity " + rule.severityWord() + " ("
                + rule.severity().word()
                + "), evaluated every " + rule.timing().evaluationPeriod() + ", told to "
                + String.join(", ", rule.channels()) + "."
                + (optimise ? " auto_resolution is noted, but nothing will be started: it does not exist yet." : "");
        return new Found(content, text);
    }
}
