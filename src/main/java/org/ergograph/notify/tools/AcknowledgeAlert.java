package org.ergograph.notify.tools;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.ergograph.notify.Alerts;
import org.ergograph.notify.tools.Answering.Found;
import org.ergograph.observation.TimeSource;
import org.ergograph.tool.Answer;
import org.ergograph.tool.Arguments;
import org.ergograph.tool.Call;
import org.ergograph.tool.Hints;
import org.ergograph.tool.Tool;
import org.ergograph.tool.ToolDefinition;
import org.ergograph.web.JsonText;

/** The tool that says that somebody takes care of an alert. Thread-safe. */
@Singleton
class AcknowledgeAlert implements Tool {
    static final String NAME = "km_acknowledge_alert";

    private static final ToolDefinition DEFINITION = ToolDefinition.of(
            NAME,
            "performance",
            "Acknowledge an alert",
            "Says that somebody takes care of an open alert: it is neither repeated nor escalated until it is over or the"
                    + " acknowledgement expires. That it is resolved is told all the same.",
            AlertSchemas.ACKNOWLEDGE_INPUT,
            AlertSchemas.ALERT_OUTPUT,
            new Hints(false, false, true, false));

    private final Alerts alerts;
    private final TimeSource time;

    @Inject
    AcknowledgeAlert(Alerts alerts, TimeSource time) {
        this.alerts = alerts;
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
        String owner = arguments.text("owner", call.principal() == null ? "anonymous" : call.principal());
        long seconds = arguments.integer("expires_in", 0);
        Instant until = seconds == 0 ? null : time.now().plusSeconds(seconds);
        return Answering.answer(
                alerts.acknowledge(arguments.text("alert_id", ""), owner, arguments.text("comment", ""), until)
                        .thenApply(alert -> found(alert, owner)),
                time,
                began);
    }

    private static Found found(JsonObject alert, String owner) {
        JsonObject content = JsonText.object().add("alert", alert).build();
        return new Found(
                content,
                "Alert " + alert.getString("id") + " of " + alert.getString("rule") + " is acknowledged by " + owner
                        + "; it is " + alert.getString("state") + ".");
    }
}
