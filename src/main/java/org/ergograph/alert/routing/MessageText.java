package org.ergograph.alert.routing;

import java.time.Duration;
import java.time.Instant;
import org.ergograph.alert.Alert;
import org.ergograph.alert.AlertState.Resolved;
import org.ergograph.alert.Words;
import org.ergograph.alert.condition.Verdict;

/**
 * What is said of an alert. Plain text without control characters; whoever sends it escapes it. Immutable.
 *
 * @param title a headline of at most {@value #MAX_TITLE} characters
 * @param text one line of at most {@value #MAX_TEXT}: the rule's own sentence, or the usual one
 * @param status the word: firing, resolved, no_data, ...
 */
public record MessageText(String title, String text, String status) {
    /** The greatest number of characters of a title. */
    public static final int MAX_TITLE = 200;

    /** The greatest number of characters of a text. */
    public static final int MAX_TEXT = 2000;

    private static final MessageTemplate USUAL = MessageTemplate.parse("{metric} is {value} (threshold {threshold})");

    /** What is said of this alert on this occasion. */
    public static MessageText of(Alert alert, Occasion occasion, Instant now) {
        String status = alert.state().word();
        return new MessageText(
                bounded(title(alert, occasion), MAX_TITLE),
                bounded(sentence(alert, status) + since(alert, now), MAX_TEXT),
                status);
    }

    private static String title(Alert alert, Occasion occasion) {
        String word = occasion == Occasion.REPEAT ? "STILL FIRING" : occasion.name();
        String subject = alert.subject().key();
        return "[%s] %s: %s%s"
                .formatted(
                        word,
                        alert.rule().severityWord(),
                        alert.rule().name(),
                        subject.isEmpty() ? "" : " (" + subject + ")");
    }

    private static String sentence(Alert alert, String status) {
        String template = alert.rule().notice().messageTemplate();
        if (!template.isEmpty()) {
            return MessageTemplate.parse(template).render(alert, status);
        }
        Verdict last = alert.last();
        boolean isCompared = !last.metric().isEmpty()
                && last.value().isPresent()
                && last.threshold().isPresent();
        return isCompared ? USUAL.render(alert, status) : last.reason();
    }

    private static String since(Alert alert, Instant now) {
        Instant firedAt = alert.firedAt();
        if (firedAt == null) {
            return "";
        }
        boolean isOver = alert.state() instanceof Resolved;
        Instant end = isOver ? alert.state().since() : now;
        Duration lasted = end.isBefore(firedAt) ? Duration.ZERO : Duration.between(firedAt, end);
        return isOver
                ? "; fired from %s to %s, %s".formatted(firedAt, end, Words.of(lasted))
                : "; fires since %s, %s".formatted(firedAt, Words.of(lasted));
    }

    private static String bounded(String text, int length) {
        StringBuilder clean = new StringBuilder();
        text.codePoints()
                .map(c -> Character.isWhitespace(c) || c == '\u2028' || c == '\u2029' ? ' ' : c)
                .filter(c -> Character.getType(c) != Character.CONTROL && Character.getType(c) != Character.FORMAT)
                .forEach(clean::appendCodePoint);
        if (clean.length() <= length) {
            return clean.toString();
        }
        int end = length - 1;
        return clean.substring(0, Character.isHighSurrogate(clean.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
