package org.ergograph.notify.tools;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.ergograph.notify.AlertFilter;
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

/** The tool that lists alerts. Thread-safe. */
@Singleton
class ListAlerts implements Tool {
    static final String NAME = "km_list_alerts";

    private static final int SHOWN_IN_TEXT = 10;

    private static final ToolDefinition DEFINITION = ToolDefinition.of(
            NAME,
            "performance",
            "List alerts",
            "Lists alerts, the newest first: those that are open now unless asked otherwise, with rule, severity, state, value,"
                    + " threshold, reason, and who has acknowledged, silenced or inhibited them.",
            AlertSchemas.LIST_INPUT,
            AlertSchemas.LIST_OUTPUT,
            Hints.READ_ONLY);

    private final Alerts alerts;
    private final TimeSource time;

    @Inject
    ListAlerts(Alerts alerts, TimeSource time) {
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
        int limit = (int) arguments.integer("limit", 20);
        AlertFilter filter = new AlertFilter(
                arguments.flag("include_resolved", false) ? null : Boolean.TRUE,
                arguments.text("state"),
                arguments.text("severity"),
                arguments.text("rule"),
                null,
                null,
                null,
                limit);
        return Answering.answer(alerts.list(filter).thenApply(found -> found(found, limit)), time, began);
    }

    private Found found(List<JsonObject> found, int limit) {
        List<JsonObject> page = found.subList(0, Math.min(limit, found.size()));
        JsonArrayBuilder items = JsonText.array();
        page.forEach(items::add);
        boolean more = found.size() > limit;
        JsonObject content = JsonText.object()
                .add("at", time.now().toString())
                .add("count", page.size())
                .add("more", more)
                .add("alerts", items)
                .build();
        String text = page.isEmpty()
                ? "No alerts."
                : page.stream().limit(SHOWN_IN_TEXT).map(ListAlerts::line).collect(Collectors.joining("\n"))
                        + (page.size() > SHOWN_IN_TEXT || more ? "\nand more" : "");
        return new Found(content, text);
    }

    private static String line(JsonObject alert) {
        String subject = alert.getJsonObject("subject").isEmpty() ? "" : " " + alert.getJsonObject("subject");
        return alert.getString("id") + " " + alert.getString("rule") + subject + ": " + alert.getString("state") + ", "
                + alert.getString("severityWord") + ", " + alert.getString("reason");
    }
}
