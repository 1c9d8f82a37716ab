package org.ergograph.notify.delivery.channel;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.OptionalDouble;
import org.ergograph.web.JsonText;

/** A message as our own webhook has it: {@code {alert, context, timestamp}}. Pure. */
final class WebhookBody {
    private WebhookBody() {}

    /** The worst alert, and in the context what surrounds it, the other alerts of the message among it. */
    static JsonObject of(Message message) {
        AlertMessage first = message.first();
        JsonArrayBuilder others = JsonText.array();
        var batch = message.listed();
        batch.listed().stream().skip(1).forEach(alert -> others.add(alert(alert)));
        return JsonText.object()
                .add("alert", alert(first))
                .add(
                        "context",
                        JsonText.object()
                                .add("environment", first.environment())
                                .add("version", first.version())
                                .add("uptimeSeconds", first.uptime().toSeconds())
                                .add("node", first.node())
                                .add("group", message.groupKey())
                                .add("note", message.note())
                                .add("otherAlerts", others)
                                .add("more", batch.more()))
                .add("timestamp", message.at().toString())
                .build();
    }

    private static JsonObjectBuilder alert(AlertMessage alert) {
        JsonObjectBuilder labels = JsonText.object();
        alert.labels().forEach(labels::add);
        JsonObjectBuilder json = JsonText.object()
                .add("id", alert.alertId())
                .add("ruleId", alert.ruleId())
                .add("rule", alert.rule())
                .add("severity", alert.severityWord())
                .add("status", alert.status())
                .add("startsAt", alert.startsAt().toString());
        if (alert.endsAt() == null) {
            json.addNull("endsAt");
        } else {
            json.add("endsAt", alert.endsAt().toString());
        }
        json.add("metric", alert.metric());
        number(json, "value", alert.value());
        number(json, "threshold", alert.threshold());
        return json.add("subject", alert.subject())
                .add("labels", labels)
                .add("title", alert.title())
                .add("text", alert.text())
                .add("link", alert.link());
    }

    private static void number(JsonObjectBuilder json, String field, OptionalDouble value) {
        if (value.isPresent() && Double.isFinite(value.getAsDouble())) {
            json.add(field, value.getAsDouble());
        } else {
            json.addNull(field);
        }
    }
}
