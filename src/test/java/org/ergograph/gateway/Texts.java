package org.ergograph.gateway;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;

/** JSON that is easy to write in a test. */
final class Texts {
    private Texts() {}

    /** @param text with apostrophes in the place of quotes */
    static JsonObject json(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text.replace('\'', '"')))) {
            return reader.readObject();
        }
    }
}
