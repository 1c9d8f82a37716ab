package org.ergograph.tool;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** What a client sent, shown back to it: short, on one line, without control characters. */
final class Shown {
    private static final int MAX = 80;

    private Shown() {}

    static String of(@Nullable JsonValue value) {
        if (value == null) {
            return "missing";
        }
        if (value instanceof JsonArray array) {
            return "an array of " + array.size();
        }
        if (value instanceof JsonObject) {
            return "an object";
        }
        return value instanceof JsonString text ? "'" + cleaned(text.getString()) + "'" : cleaned(value.toString());
    }

    static String cleaned(String text) {
        String start = text.length() > MAX ? text.substring(0, MAX) + "..." : text;
        StringBuilder clean = new StringBuilder(start.length());
        start.codePoints().forEach(c -> clean.appendCodePoint(isPlain(c) ? c : '_'));
        return clean.toString();
    }

    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
