package org.ergograph.notify.delivery.channel;

import java.util.Map;
import org.ergograph.alert.routing.Batch;

/** What a mail says, in both of its forms. Pure. */
final class MailText {
    private static final int MAX_SUBJECT = 200;
    private static final int MAX_VALUE = 2000;

    private MailText() {}

    /** One line. */
    static String subject(Message message) {
        return Texts.line(message.title(), MAX_SUBJECT);
    }

    static String plain(Message message) {
        StringBuilder text = new StringBuilder();
        Batch<AlertMessage> batch = message.listed();
        for (AlertMessage alert : batch.listed()) {
            text.append(Texts.line(alert.title(), MAX_VALUE)).append("\r\n");
            text.append(Texts.line(alert.text(), MAX_VALUE)).append("\r\n\r\n");
            Texts.facts(alert)
                    .forEach((name, value) -> text.append(name)
                            .append(": ")
                            .append(Texts.line(value, MAX_VALUE))
                            .append("\r\n"));
            text.append("\r\n");
        }
        line(text, batch.rest());
        line(text, message.note());
        return text.toString();
    }

    private static void line(StringBuilder text, String line) {
        if (!line.isEmpty()) {
            text.append(Texts.line(line, MAX_VALUE)).append("\r\n");
        }
    }

    static String html(Message message) {
        StringBuilder html = new StringBuilder("<!DOCTYPE html>\r\n<html><head><meta charset=\"utf-8\"><title>")
                .append(escaped(message.title()))
                .append("</title></head><body style=\"font-family:sans-serif\">\r\n");
        Batch<AlertMessage> batch = message.listed();
        for (AlertMessage alert : batch.listed()) {
            html.append("<h2 style=\"color:")
                    .append(alert.resolved() ? "#1a7f37" : "#b42318")
                    .append("\">")
                    .append(escaped(alert.title()))
                    .append("</h2>\r\n<p>")
                    .append(escaped(alert.text()))
                    .append("</p>\r\n<table>\r\n");
            for (Map.Entry<String, String> fact : Texts.facts(alert).entrySet()) {
                html.append("<tr><th style=\"text-align:left\">")
                        .append(fact.getKey())
                        .append("</th><td>")
                        .append(value(fact.getKey(), fact.getValue()))
                        .append("</td></tr>\r\n");
            }
            html.append("</table>\r\n");
        }
        paragraph(html, batch.rest());
        paragraph(html, message.note());
        return html.append("</body></html>\r\n").toString();
    }

    private static String value(String name, String value) {
        String shown = escaped(value);
        boolean link = name.equals("Link") && (value.startsWith("https://") || value.startsWith("http://"));
        return link ? "<a href=\"" + shown + "\">" + shown + "</a>" : shown;
    }

    private static void paragraph(StringBuilder html, String text) {
        if (!text.isEmpty()) {
            html.append("<p>").append(escaped(text)).append("</p>\r\n");
        }
    }

    private static String escaped(String text) {
        return Texts.html(Texts.line(text, MAX_VALUE));
    }
}
