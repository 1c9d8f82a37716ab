package org.ergograph.notify.delivery.channel;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** What all channels say of an alert, in words. Pure. */
final class Texts {
    private Texts() {}

    /** What is known of it, by name; without what is not. */
    static Map<String, String> facts(AlertMessage alert) {
        Map<String, String> facts = new LinkedHashMap<>();
        put(facts, "Status", alert.status());
        put(facts, "Severity", alert.severityWord());
        put(facts, "Rule", alert.rule());
        put(facts, "Subject", alert.subject());
        put(facts, "Metric", alert.metric());
        put(facts, "Value", number(alert.value()));
        put(facts, "Threshold", number(alert.threshold()));
        put(facts, "Since", alert.startsAt().toString());
        put(facts, "Until", alert.endsAt() == null ? "" : alert.endsAt().toString());
        put(facts, "Environment", alert.environment());
        put(facts, "Node", alert.node());
        put(facts, "Version", alert.version());
        put(facts, "Uptime", alert.uptime().toString());
        put(facts, "Alert", alert.alertId());
        put(facts, "Link", alert.link());
        return facts;
    }

    private static void put(Map<String, String> facts, String name, String value) {
        if (!value.isEmpty()) {
            facts.put(name, value);
        }
    }

    static String number(OptionalDouble value) {
        if (value.isEmpty()) {
            return "";
        }
        double number = value.getAsDouble();
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }

    /** The text in one line of at most so many characters, without control characters. */
    static String line(String text, int maxLength) {
        StringBuilder line = new StringBuilder();
        text.codePoints()
                .map(c -> Character.isISOControl(c) || c == '\u2028' || c == '\u2029' ? ' ' : c)
                .filter(c -> Character.getType(c) != Character.FORMAT && Character.getType(c) != Character.SURROGATE)
                .forEach(line::appendCodePoint);
        if (line.length() <= maxLength) {
            return line.toString();
        }
        int end = maxLength - 1;
        return line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end) + "…";
    }

    /** The text as it stands in HTML and XML. */
    static String html(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
