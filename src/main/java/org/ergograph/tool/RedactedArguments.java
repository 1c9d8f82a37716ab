package org.ergograph.tool;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a tool is called with, as JSON for the eyes of an operator: without secrets, as far as names tell, and bounded. */
final class RedactedArguments {
    static final int MAX_LENGTH = 4096;

    private static final String REDACTED = "\"[redacted]\"";
    private static final String CUT = "...";
    private static final int MAX_DEPTH = 32;

    /** Within a name, of which only letters and digits count, in lower case. */
    private static final List<String> SECRET_WORDS = List.of(
            "password",
            "passwd",
            "passphrase",
            "passcode",
            "pwd",
            "secret",
            "token",
            "authorization",
            "apikey",
            "accesskey",
            "privatekey",
            "signingkey",
            "credential",
            "cookie",
            "bearer",
            "jwt",
            "sessionid");

    /** At the beginning of a text, in lower case: how HTTP introduces credentials. */
    private static final List<String> SCHEMES = List.of("bearer ", "basic ", "digest ");

    private final StringBuilder text = new StringBuilder();

    private RedactedArguments() {}

    /** At most {@value #MAX_LENGTH} characters; what is cut off ends in three dots, and is no JSON any more. */
    static String of(JsonObject arguments) {
        RedactedArguments writer = new RedactedArguments();
        writer.write(arguments, 0);
        StringBuilder text = writer.text;
        if (text.length() <= MAX_LENGTH) {
            return text.toString();
        }
        return text.substring(0, MAX_LENGTH - CUT.length()) + CUT;
    }

    /** Whether a name is that of a secret. */
    static boolean isSecret(String name) {
        StringBuilder letters = new StringBuilder(name.length());
        name.toLowerCase(Locale.ROOT).chars().filter(Character::isLetterOrDigit).forEach(c -> letters.append((char) c));
        String plain = letters.toString();
        return SECRET_WORDS.stream().anyMatch(plain::contains) || plain.equals("auth") || plain.equals("pin");
    }

    private boolean full() {
        return text.length() > MAX_LENGTH;
    }

    private void write(JsonValue value, int depth) {
        if (full()) {
            return;
        }
        if (depth > MAX_DEPTH) {
            text.append("\"[too deep]\"");
        } else if (value instanceof JsonObject object) {
            object(object, depth);
        } else if (value instanceof JsonArray array) {
            array(array, depth);
        } else if (value instanceof JsonString string) {
            string(string.getString());
        } else {
            text.append(value);
        }
    }

    private void object(JsonObject object, int depth) {
        char before = '{';
        for (Map.Entry<String, JsonValue> member : object.entrySet()) {
            if (full()) {
                return;
            }
            text.append(before);
            quoted(member.getKey());
            text.append(':');
            if (isSecret(member.getKey())) {
                text.append(REDACTED);
            } else {
                write(member.getValue(), depth + 1);
            }
            before = ',';
        }
        text.append(before == '{' ? "{}" : "}");
    }

    private void array(JsonArray array, int depth) {
        char before = '[';
        for (JsonValue element : array) {
            if (full()) {
                return;
            }
            text.append(before);
            write(element, depth + 1);
            before = ',';
        }
        text.append(before == '[' ? "[]" : "]");
    }

    private void string(String value) {
        String start = value.substring(0, Math.min(8, value.length())).toLowerCase(Locale.ROOT);
        if (SCHEMES.stream().anyMatch(start::startsWith)) {
            text.append(REDACTED);
        } else {
            quoted(value);
        }
    }

    private void quoted(String value) {
        text.append('"');
        for (int i = 0; i < value.length() && !full(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ') {
                text.append("\\u00").append(c < 16 ? "0" : "").append(Integer.toHexString(c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }
}
