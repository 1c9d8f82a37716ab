package org.ergograph.tool;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObjectBuilder;
import java.util.Map;

/** Makes JSON without looking its provider up at every call. Thread-safe. */
final class JsonValues {
    private static final JsonBuilderFactory BUILDERS = Json.createBuilderFactory(Map.of());

    private JsonValues() {}

    static JsonObjectBuilder object() {
        return BUILDERS.createObjectBuilder();
    }

    static JsonArrayBuilder array() {
        return BUILDERS.createArrayBuilder();
    }

    /** The content of a result that is one text. */
    static JsonArray texts(String text) {
        return array().add(object().add("type", "text").add("text", text)).build();
    }
}
