package org.ergograph.notify.tools;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.ergograph.alert.routing.Silence;
import org.ergograph.notify.Silences;
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

/** The tool that keeps alerts from being told for a while. Thread-safe. */
@Singleton
class SilenceAlerts implements Tool {
    static final String NAME = "km_silence_alerts";

    private static final ToolDefinition DEFINITION = ToolDefinition.of(
            NAME,
            "performance",
            "Silence alerts",
            "Makes a silence: alerts whose labels match are not told to anybody until it ends; they are evaluated and listed"
                    + " all the same. Give the name of a rule, or matchers of labels, or both; all have to match.",
            AlertSchemas.SILENCE_INPUT,
            AlertSchemas.SILENCE_OUTPUT,
            new Hints(false, false, false, false));

    private final Silences silences;
    private final TimeSource time;

    @Inject
    SilenceAlerts(Silences silences, TimeSource time) {
        this.silences = silences;
        this.time = time;
    }

    @Override
    public ToolDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CompletionStage<Answer> call(Call call) {
        long began = time.nanoTime();
        Silence silence;
        try {
            silence = silences.parse(JsonBody.parse(wish(call).toString()));
        } catch (ProblemException e) {
            return CompletableFuture.completedFuture(Answering.failed(e));
        }
        return Answering.answer(silences.create(silence).thenApply(SilenceAlerts::found), time, began);
    }

    private JsonObject wish(Call call) {
        Arguments arguments = new Arguments(call.arguments());
        JsonArrayBuilder matchers = JsonText.array();
        String rule = arguments.text("rule");
        if (rule != null) {
            matchers.add(JsonText.object().add("name", "alertname").add("value", rule));
        }
        JsonValue given = call.arguments().get("matchers");
        if (given != null && given.getValueType() == JsonValue.ValueType.ARRAY) {
            given.asJsonArray().forEach(matchers::add);
        }
        Instant now = time.now();
        return JsonText.object()
                .add("matchers", matchers)
                .add("startsAt", now.toString())
                .add(
                        "endsAt",
                        now.plusSeconds(arguments.integer("duration", 3600)).toString())
                .add(
                        "createdBy",
                        arguments.text("created_by", call.principal() == null ? "anonymous" : call.principal()))
                .add("comment", arguments.text("comment", ""))
                .build();
    }

    private static Found found(JsonObject silence) {
        JsonObject content = JsonText.object().add("silence", silence).build();
        return new Found(
                content, "Silence " + silence.getString("id") + " holds until " + silence.getString("endsAt") + ".");
    }
}
