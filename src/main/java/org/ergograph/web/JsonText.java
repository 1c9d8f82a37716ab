package org.ergograph.web;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonStructure;
import jakarta.json.JsonWriter;
import jakarta.json.JsonWriterFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as it goes over the wire: compact, in UTF-8. Thread-safe. */
public final class JsonText {
    // Looked up once: jakarta.json.Json searches for its provider at every call.
    private static final JsonBuilderFactory BUILDERS = Json.createBuilderFactory(Map.of());
    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());
    private static final JsonWriterFactory WRITERS = Json.createWriterFactory(Map.of());

    private JsonText() {}

    /**
     * The object that our own text is, one that was stored say; for what comes from outside there is {@link JsonBody}.
     *
     * @throws jakarta.json.JsonException if it is none
     */
    public static JsonObject parse(String text) {
        try (JsonReader reader = READERS.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    public static JsonObjectBuilder object() {
        return BUILDERS.createObjectBuilder();
    }

    /** A builder that holds what the object does. */
    public static JsonObjectBuilder object(JsonObject beginning) {
        return BUILDERS.createObjectBuilder(beginning);
    }

    public static JsonArrayBuilder array() {
        return BUILDERS.createArrayBuilder();
    }

    /** A page of a list. A null cursor says that it is the last one. */
    public static JsonObject page(JsonArray items, @Nullable String nextCursor) {
        JsonObjectBuilder page = object().add("items", items);
        return (nextCursor == null ? page.addNull("nextCursor") : page.add("nextCursor", nextCursor)).build();
    }

    /** The structure without line breaks. */
    public static byte[] bytes(JsonStructure json) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonWriter writer = WRITERS.createWriter(bytes, StandardCharsets.UTF_8)) {
            writer.write(json);
        }
        return bytes.toByteArray();
    }

    /** Writes one line of NDJSON ({@code application/x-ndjson}). */
    public static void line(OutputStream out, JsonObject json) throws IOException {
        out.write(bytes(json));
        out.write('\n');
    }
}
