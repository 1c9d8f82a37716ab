package org.ergograph.mcp;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import org.ergograph.tool.ProtocolException;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of a request by type. A field of the wrong one is a {@link ProtocolException} that names it. */
final class Params {
    private Params() {}

    static String text(JsonObject from, String field) {
        String text = optionalText(from, field);
        if (text == null) {
            throw bad(field, null, "a text");
        }
        return text;
    }

    /** The text; null if the field is absent. */
    static @Nullable String optionalText(JsonObject from, String field) {
        JsonValue value = from.get(field);
        if (value == null) {
            return null;
        }
        if (value instanceof JsonString text) {
            return text.getString();
        }
        throw bad(field, value, "a text");
    }

    static JsonObject object(JsonObject from, String field) {
        JsonValue value = from.get(field);
        if (value instanceof JsonObject object) {
            return object;
        }
        throw bad(field, value, "an object");
    }

    /** The object; an empty one if the field is absent. */
    static JsonObject optionalObject(JsonObject from, String field) {
        return from.containsKey(field) ? object(from, field) : JsonValue.EMPTY_JSON_OBJECT;
    }

    static ProtocolException bad(String field, @Nullable JsonValue value, String allowed) {
        return new ProtocolException(
                ProtocolException.INVALID_PARAMS,
                "params." + field + " is " + MessageReader.shown(value) + ": must be " + allowed);
    }
}
