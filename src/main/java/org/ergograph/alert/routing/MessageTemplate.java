package org.ergograph.alert.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.ergograph.alert.Alert;

/** The sentence of a message, with fields in braces that are filled in from an alert. Immutable and thread-safe. */
public final class MessageTemplate {
    /** The greatest number of characters of a template. */
    public static final int MAX_LENGTH = 1000;

    private static final String LABEL = "label.";

    private static final Map<String, Function<Facts, String>> FIELDS = Map.of(
            "value",
                    facts -> Figure.text(
                            facts.alert().last().metric(), facts.alert().last().value()),
            "threshold",
                    facts -> Figure.text(
                            facts.alert().last().metric(), facts.alert().last().threshold()),
            "metric", facts -> facts.alert().last().metric(),
            "subject", facts -> facts.alert().subject().key(),
            "severity", facts -> facts.alert().rule().severityWord(),
            "rule", facts -> facts.alert().rule().name(),
            "status", Facts::status);

    private record Facts(Alert alert, String status) {}

    /** A piece of it: text as it is, or a field. */
    private record Piece(boolean isField, String text) {
        String of(Facts facts) {
            if (!isField) {
                return text;
            }
            Function<Facts, String> field = FIELDS.get(text);
            return field == null
                    ? facts.alert().labels().getOrDefault(text.substring(LABEL.length()), "")
                    : field.apply(facts);
        }
    }

    private final String text;
    private final List<Piece> pieces;

    private MessageTemplate(String text, List<Piece> pieces) {
        this.text = text;
        this.pieces = pieces;
    }

    /**
     * Checks a template: {@code {value}}, {@code {threshold}}, {@code {metric}}, {@code {subject}}, {@code {severity}},
     * {@code {rule}}, {@code {status}} and {@code {label.x}}; braces themselves are written twice.
     *
     * @throws IllegalArgumentException if a field is not known, a brace is alone, or it is too long; the message says which and
     *     where, counted from 1
     */
    public static MessageTemplate parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "the template has " + text.length() + " characters: must be at most " + MAX_LENGTH);
        }
        List<Piece> pieces = new ArrayList<>();
        StringBuilder plain = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            boolean isTwice = i + 1 < text.length() && text.charAt(i + 1) == c;
            if ((c == '{' || c == '}') && isTwice) {
                plain.append(c);
                i += 2;
            } else if (c == '}') {
                throw new IllegalArgumentException("position " + (i + 1) + ": a brace closes none; write }} for one");
            } else if (c == '{') {
                int end = text.indexOf('}', i);
                if (end < 0) {
                    throw new IllegalArgumentException(
                            "position " + (i + 1) + ": a brace is not closed; write {{ for one");
                }
                pieces.add(new Piece(false, plain.toString()));
                plain.setLength(0);
                pieces.add(field(text.substring(i + 1, end), i + 1));
                i = end + 1;
            } else {
                plain.append(c);
                i++;
            }
        }
        pieces.add(new Piece(false, plain.toString()));
        return new MessageTemplate(text, List.copyOf(pieces));
    }

    private static Piece field(String name, int position) {
        boolean isLabel = name.startsWith(LABEL) && name.length() > LABEL.length();
        if (!isLabel && !FIELDS.containsKey(name)) {
            Set<String> allowed = new TreeSet<>(FIELDS.keySet());
            allowed.add(LABEL + "<name>");
            throw new IllegalArgumentException(
                    "position %d: {%s} is not known: must be one of %s".formatted(position, name, allowed));
        }
        return new Piece(true, name);
    }

    /** The template as it was given. */
    public String text() {
        return text;
    }

    /** Filled in. */
    String render(Alert alert, String status) {
        Facts facts = new Facts(alert, status);
        StringBuilder filled = new StringBuilder();
        pieces.forEach(piece -> filled.append(piece.of(facts)));
        return filled.toString();
    }
}
