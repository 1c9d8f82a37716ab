package org.ergograph.it;

import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;

/** Reads the JSON of an answer. */
public final class Json {
    private Json() {}

    /** The object that the text holds. */
    public static JsonObject object(String text) {
        try (JsonReader reader = jakarta.json.Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }
}
