package org.ergograph.web;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON object in one request's body by type and collects every fault; {@link #check} then tells them all, fields
 * that nobody asked for among them. A field that is {@code null} counts as absent. Not thread-safe.
 */
public final class JsonBody {
    /** How long a body may be where nothing else is said: 1 MiB. */
    public static final int MAX_BYTES = 1 << 20;

    private final Map<String, Object> given;
    private final String prefix;
    private final TreeSet<String> known = new TreeSet<>();
    private final List<JsonBody> parts = new ArrayList<>();
    private final List<Problem.Fault> faults;

    private JsonBody(Map<String, Object> given) {
        this(given, "", new ArrayList<>());
    }

    private JsonBody(Map<String, Object> given, String prefix, List<Problem.Fault> faults) {
        this.given = given;
        this.prefix = prefix;
        this.faults = faults;
    }

    /** Reads a body of at most {@link #MAX_BYTES}; see {@link #read(InputStream, int)}. */
    public static JsonBody read(@Nullable InputStream in) {
        return read(in, MAX_BYTES);
    }

    /**
     * Reads the body, and no more than one byte beyond the limit.
     *
     * @param in null for a request without a body
     * @throws ProblemException 413 if it is too long, 400 if it breaks off or is no JSON object in UTF-8
     */
    public static JsonBody read(@Nullable InputStream in, int maxBytes) {
        try {
            byte[] bytes = in == null ? new byte[0] : in.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw ProblemException.tooLarge(maxBytes);
            }
            return new JsonBody(JsonTree.object(bytes));
        } catch (IOException e) {
            throw ProblemException.badRequest("the body broke off");
        }
    }

    /**
     * Reads text that was stored.
     *
     * @throws ProblemException 400 if it is no JSON object
     */
    public static JsonBody parse(String text) {
        return new JsonBody(JsonTree.object(text.getBytes(StandardCharsets.UTF_8)));
    }

    private @Nullable Object value(String field) {
        known.add(field);
        Object value = given.get(field);
        return value == JsonTree.NULL ? null : value;
    }

    /** Whether the field is there and not {@code null}. */
    public boolean has(String field) {
        Object value = given.get(field);
        return value != null && value != JsonTree.NULL;
    }

    /** Required text; empty if it is at fault. Bounds in characters, both inclusive. */
    public String text(String field, int minLength, int maxLength) {
        if (!has(field)) {
            known.add(field);
            fault(field, null, textOf(minLength, maxLength));
            return "";
        }
        String text = optionalText(field, minLength, maxLength);
        return text == null ? "" : text;
    }

    /** Text without control characters; null if it is absent or at fault. */
    public @Nullable String optionalText(String field, int minLength, int maxLength) {
        Object value = value(field);
        if (value == null) {
            return null;
        }
        if (value instanceof String text && isText(text, minLength, maxLength)) {
            return text;
        }
        fault(field, shown(value), textOf(minLength, maxLength));
        return null;
    }

    static boolean isText(String text, int minLength, int maxLength) {
        return text.length() >= minLength
                && text.length() <= maxLength
                && text.codePoints().noneMatch(c -> Character.isISOControl(c) || (c >= 0xd800 && c < 0xe000));
    }

    static String textOf(int minLength, int maxLength) {
        return "text of " + minLength + " to " + maxLength + " characters, none a control character";
    }

    /** A list of texts; empty if it is absent or at fault. */
    public List<String> texts(String field, int maxItems, int maxLength) {
        Object value = value(field);
        if (value == null) {
            return List.of();
        }
        String allowed = "a list of at most " + maxItems + " texts";
        if (!(value instanceof List<?> list) || list.size() > maxItems) {
            fault(field, shown(value), allowed);
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof String text && isText(text, 1, maxLength)) {
                texts.add(text);
            } else {
                fault(field + "[" + i + "]", shown(list.get(i)), textOf(1, maxLength));
            }
        }
        return texts;
    }

    /** Texts by name; empty if it is absent or at fault. */
    public Map<String, String> textMap(String field, int maxEntries, int maxLength) {
        Object value = value(field);
        if (value == null) {
            return Map.of();
        }
        if (!(value instanceof Map<?, ?> map) || map.size() > maxEntries) {
            fault(field, shown(value), "an object of at most " + maxEntries + " texts");
            return Map.of();
        }
        Map<String, String> texts = new LinkedHashMap<>();
        map.forEach((key, each) -> {
            String name = String.valueOf(key);
            if (isText(name, 1, maxLength) && each instanceof String text && isText(text, 0, maxLength)) {
                texts.put(name, text);
            } else {
                fault(field + "." + name, shown(each), textOf(0, maxLength));
            }
        });
        return texts;
    }

    /** An object in the object, whose faults are told with those of this one; null if it is absent or at fault. */
    public @Nullable JsonBody object(String field) {
        Object value = value(field);
        if (value == null) {
            return null;
        }
        if (!(value instanceof Map<?, ?> map)) {
            fault(field, shown(value), "an object");
            return null;
        }
        return part(field, map);
    }

    /** A list of objects, whose faults are told with those of this one; empty if it is absent or at fault. */
    public List<JsonBody> objects(String field, int maxItems) {
        Object value = value(field);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list) || list.size() > maxItems) {
            fault(field, shown(value), "a list of at most " + maxItems + " objects");
            return List.of();
        }
        List<JsonBody> objects = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof Map<?, ?> map) {
                objects.add(part(field + "[" + i + "]", map));
            } else {
                fault(field + "[" + i + "]", shown(list.get(i)), "an object");
            }
        }
        return objects;
    }

    private JsonBody part(String field, Map<?, ?> map) {
        Map<String, Object> members = new LinkedHashMap<>();
        map.forEach((key, value) -> members.put(String.valueOf(key), value));
        JsonBody part = new JsonBody(members, prefix + field + ".", faults);
        parts.add(part);
        return part;
    }

    /** A number between the bounds, both inclusive. */
    public double decimal(String field, double otherwise, double min, double max) {
        Object value = value(field);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof BigDecimal number && number.doubleValue() >= min && number.doubleValue() <= max) {
            return number.doubleValue();
        }
        fault(field, shown(value), "a number from " + min + " to " + max);
        return otherwise;
    }

    /** A moment, ISO-8601 with {@code Z} or an offset, between the years 1970 and 9999; null if it is absent or at fault. */
    public @Nullable Instant instant(String field) {
        Object value = value(field);
        if (value == null) {
            return null;
        }
        if (value instanceof String text) {
            try {
                OffsetDateTime moment = OffsetDateTime.parse(text);
                if (moment.getYear() >= 1970 && moment.getYear() <= 9999) {
                    return moment.toInstant();
                }
            } catch (DateTimeParseException e) {
                // falls through to the fault that names the field
            }
        }
        fault(field, shown(value), "a moment like 2026-01-31T12:00:00Z");
        return null;
    }

    /** A whole number between the bounds, both inclusive. */
    public int integer(String field, int otherwise, int min, int max) {
        Object value = value(field);
        if (value == null) {
            return otherwise;
        }
        // Compared before it is converted: 1e999999999 has no room as a whole number.
        if (value instanceof BigDecimal number
                && number.compareTo(BigDecimal.valueOf(min)) >= 0
                && number.compareTo(BigDecimal.valueOf(max)) <= 0
                && number.stripTrailingZeros().scale() <= 0) {
            return number.intValue();
        }
        fault(field, shown(value), "a whole number from " + min + " to " + max);
        return otherwise;
    }

    /** Required number between the bounds, both inclusive; the least if it is at fault. */
    public double number(String field, double min, double max) {
        Object value = value(field);
        if (value instanceof BigDecimal number
                && number.compareTo(BigDecimal.valueOf(min)) >= 0
                && number.compareTo(BigDecimal.valueOf(max)) <= 0) {
            return number.doubleValue();
        }
        String from = BigDecimal.valueOf(min).stripTrailingZeros().toPlainString();
        String to = BigDecimal.valueOf(max).stripTrailingZeros().toPlainString();
        fault(field, value == null ? null : shown(value), "a number from " + from + " to " + to);
        return min;
    }

    /** {@code true} or {@code false}. */
    public boolean bool(String field, boolean otherwise) {
        Object value = value(field);
        if (value == null || value instanceof Boolean) {
            return value == null ? otherwise : (Boolean) value;
        }
        fault(field, shown(value), "true or false");
        return otherwise;
    }

    /** One of these words. */
    public String oneOf(String field, String otherwise, List<String> words) {
        return converted(
                field, otherwise, "one of " + String.join(", ", words), text -> words.contains(text) ? text : null);
    }

    /** An ISO-8601 duration between the bounds, both inclusive. */
    public Duration duration(String field, Duration otherwise, Duration min, Duration max) {
        return converted(field, otherwise, "an ISO-8601 duration from " + min + " to " + max, text -> {
            try {
                Duration duration = Duration.parse(text);
                return duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0 ? duration : null;
            } catch (DateTimeParseException | ArithmeticException e) {
                return null;
            }
        });
    }

    /** Text read by a function that answers null where it is at fault. */
    private <T> T converted(String field, T otherwise, String allowed, Function<String, @Nullable T> parse) {
        Object value = value(field);
        if (value == null) {
            return otherwise;
        }
        T parsed = value instanceof String text ? parse.apply(text) : null;
        if (parsed == null) {
            fault(field, shown(value), allowed);
            return otherwise;
        }
        return parsed;
    }

    private static String shown(@Nullable Object value) {
        return value instanceof Map ? "an object" : value instanceof List<?> l ? "a list of " + l.size() : "" + value;
    }

    /** Adds a fault; a null value says that the field is missing. */
    public void fault(String field, @Nullable String value, String allowed) {
        faults.add(new Problem.Fault(prefix + field, value, allowed));
    }

    /**
     * Ends the reading.
     *
     * @throws ProblemException 400 naming every wrong field, those that nobody asked for included
     */
    public void check() {
        findUnknown();
        if (!faults.isEmpty()) {
            throw ProblemException.badFields(faults);
        }
    }

    private void findUnknown() {
        given.forEach((field, value) -> {
            if (!known.contains(field)) {
                fault(field, shown(value), "one of the fields " + String.join(", ", known));
            }
        });
        parts.forEach(JsonBody::findUnknown);
    }
}
