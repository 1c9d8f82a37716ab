package org.ergograph.notify.delivery.channel;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Map;
import org.ergograph.alert.routing.Batch;
import org.ergograph.web.JsonText;

/** A message as Slack's incoming webhooks take it: an attachment with a colour for each alert, its facts in blocks. Pure. */
final class SlackBody {
    /** Slack refuses header blocks of more than 150 characters, sections of more than 3000 and fields of more than 2000. */
    private static final int MAX_HEADER = 150;

    private static final int MAX_TEXT = 2900;
    private static final int MAX_FIELD = 1900;
    private static final int MAX_FIELDS = 10;
    /** What escaping may make of one character. */
    private static final int ESCAPED = 5;

    private SlackBody() {}

    static JsonObject of(Message message) {
        Batch<AlertMessage> batch = message.listed();
        JsonArrayBuilder attachments = JsonText.array();
        for (AlertMessage alert : batch.listed()) {
            attachments.add(attachment(alert));
        }
        if (!batch.rest().isEmpty() || !message.note().isEmpty()) {
            String rest = (batch.rest() + " " + message.note()).strip();
            attachments.add(JsonText.object()
                    .add("fallback", escaped(rest, MAX_FIELD))
                    .add("blocks", JsonText.array().add(section(escaped(rest, MAX_TEXT)))));
        }
        return JsonText.object()
                .add("text", escaped(message.title(), MAX_FIELD))
                .add("attachments", attachments)
                .build();
    }

    private static JsonObjectBuilder attachment(AlertMessage alert) {
        JsonArrayBuilder blocks = JsonText.array()
                .add(JsonText.object()
                        .add("type", "header")
                        .add(
                                "text",
                                JsonText.object()
                                        .add("type", "plain_text")
                                        .add("text", Texts.line(alert.title(), MAX_HEADER))));
        if (!alert.text().isBlank()) {
            blocks.add(section(escaped(alert.text(), MAX_TEXT)));
        }
        Map<String, String> facts = Texts.facts(alert);
        JsonArrayBuilder fields = JsonText.array();
        int count = 0;
        StringBuilder rest = new StringBuilder();
        for (Map.Entry<String, String> fact : facts.entrySet()) {
            String text = "*" + fact.getKey() + "*\n" + escaped(fact.getValue(), MAX_FIELD);
            if (count < MAX_FIELDS) {
                fields.add(JsonText.object().add("type", "mrkdwn").add("text", text));
                count++;
            } else {
                rest.append(rest.isEmpty() ? "" : " · ")
                        .append(fact.getKey())
                        .append(' ')
                        .append(escaped(fact.getValue(), 500));
            }
        }
        blocks.add(JsonText.object().add("type", "section").add("fields", fields));
        if (!rest.isEmpty()) {
            blocks.add(section(rest.toString()));
        }
        return JsonText.object()
                .add("color", alert.resolved() ? "good" : color(alert))
                .add("fallback", escaped(alert.title(), MAX_FIELD))
                .add("blocks", blocks);
    }

    private static String color(AlertMessage alert) {
        return switch (alert.severity()) {
            case INFO -> "#439FE0";
            case WARNING -> "warning";
            case CRITICAL, EMERGENCY -> "danger";
        };
    }

    private static JsonObjectBuilder section(String text) {
        return JsonText.object()
                .add("type", "section")
                .add("text", JsonText.object().add("type", "mrkdwn").add("text", text));
    }

    /** Slack reads only these three characters as its own. */
    private static String escaped(String text, int maxLength) {
        String escaped = escaped(Texts.line(text, maxLength));
        return escaped.length() <= maxLength ? escaped : escaped(Texts.line(text, maxLength / ESCAPED));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
