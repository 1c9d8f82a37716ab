package org.ergograph.tool;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says in words what a schema allows, as far as it says it in the common ways. */
final class Wanted {
    private Wanted() {}

    /** {@code a number from 0.1 to 60}, say; empty if there are no words for it. */
    static String of(JsonObject schema) {
        if (schema.get("enum") instanceof jakarta.json.JsonArray values) {
            return oneOf(values);
        }
        if (!(schema.get("type") instanceof JsonString type)) {
            return "";
        }
        return switch (type.getString()) {
            case "number" -> "a number" + range(schema, "minimum", "maximum", "");
            case "integer" -> "a whole number" + range(schema, "minimum", "maximum", "");
            case "string" -> "a text" + range(schema, "minLength", "maxLength", " characters") + pattern(schema);
            case "boolean" -> "true or false";
            case "array" -> "an array" + range(schema, "minItems", "maxItems", " items") + items(schema);
            case "object" -> "an object" + members(schema);
            default -> "";
        };
    }

    /** {@code one of a, b} of the names of an object's members. */
    static String names(JsonValue object) {
        Collection<String> names = object.asJsonObject().keySet();
        return names.isEmpty() ? "left out" : "one of " + String.join(", ", names);
    }

    private static String oneOf(Collection<JsonValue> values) {
        return "one of "
                + values.stream()
                        .map(value -> value instanceof JsonString text ? text.getString() : value.toString())
                        .collect(Collectors.joining(", "));
    }

    private static String range(JsonObject schema, String least, String most, String unit) {
        String from = number(schema.get(least));
        String to = number(schema.get(most));
        String of = unit.isEmpty() ? " from " : " of ";
        if (from != null && to != null) {
            return of + from + " to " + to + unit;
        }
        if (from != null) {
            return " of at least " + from + unit;
        }
        return to == null ? "" : " of at most " + to + unit;
    }

    private static String items(JsonObject schema) {
        String each = schema.get("items") instanceof JsonObject items ? of(items) : "";
        boolean unique = schema.getBoolean("uniqueItems", false);
        return (each.isEmpty() ? "" : ", each " + each) + (unique ? ", none twice" : "");
    }

    private static String members(JsonObject schema) {
        return schema.get("properties") instanceof JsonObject members && !members.isEmpty()
                ? " with " + String.join(", ", members.keySet())
                : "";
    }

    private static String pattern(JsonObject schema) {
        return schema.get("pattern") instanceof JsonString pattern ? " that matches " + pattern.getString() : "";
    }

    private static @Nullable String number(@Nullable JsonValue value) {
        return value instanceof JsonNumber number ? number.bigDecimalValue().toPlainString() : null;
    }
}
