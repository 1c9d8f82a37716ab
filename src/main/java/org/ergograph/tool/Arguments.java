package org.ergograph.tool;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads arguments that have passed a tool's input schema, and puts the defaults in: the schema tells clients of them, and does
 * not apply them. What is null counts as not given. Immutable.
 */
public record Arguments(JsonObject json) {
    private @Nullable JsonValue get(String name) {
        JsonValue value = json.get(name);
        return value == null || value == JsonValue.NULL ? null : value;
    }

    /** The text, or null if there is none. */
    public @Nullable String text(String name) {
        return get(name) instanceof JsonString text ? text.getString() : null;
    }

    public String text(String name, String otherwise) {
        String text = text(name);
        return text == null ? otherwise : text;
    }

    public double number(String name, double otherwise) {
        return get(name) instanceof JsonNumber number ? number.doubleValue() : otherwise;
    }

    public long integer(String name, long otherwise) {
        return get(name) instanceof JsonNumber number ? number.longValue() : otherwise;
    }

    public boolean flag(String name, boolean otherwise) {
        JsonValue value = get(name);
        return value == null ? otherwise : value == JsonValue.TRUE;
    }

    /** The texts of an array, in its order. */
    public List<String> texts(String name, List<String> otherwise) {
        JsonValue value = get(name);
        return value == null
                ? otherwise
                : value.asJsonArray().stream()
                        .map(item -> ((JsonString) item).getString())
                        .toList();
    }

    /** The numbers of an object by name, in its order; empty if there is none. */
    public Map<String, Double> numbers(String name) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        if (get(name) instanceof JsonObject object) {
            object.forEach((key, value) -> numbers.put(key, ((JsonNumber) value).doubleValue()));
        }
        return numbers;
    }
}
