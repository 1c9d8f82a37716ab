package org.ergograph.gateway;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParsingException;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ergograph.web.JsonText;
import org.jspecify.annotations.Nullable;

/** Messages of JSON-RPC 2.0, made and read. Thread-safe. */
final class Messages {
    /** How deep arrays and objects may be nested. */
    static final int MAX_DEPTH = 200;
    /** The error code of a method that there is not. */
    static final int METHOD_NOT_FOUND = -32601;

    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());
    private static final JsonBuilderFactory BUILDERS = Json.createBuilderFactory(Map.of());

    private Messages() {}

    static JsonObject request(long id, String method, JsonObject params) {
        return message()
                .add("id", id)
                .add("method", method)
                .add("params", params)
                .build();
    }

    static JsonObject notification(String method, @Nullable JsonObject params) {
        JsonObjectBuilder message = message().add("method", method);
        return (params == null ? message : message.add("params", params)).build();
    }

    static JsonObject result(JsonValue id, JsonObject result) {
        return message().add("id", id).add("result", result).build();
    }

    static JsonObject error(JsonValue id, int code, String text) {
        return message()
                .add("id", id)
                .add("error", JsonText.object().add("code", code).add("message", text))
                .build();
    }

    private static JsonObjectBuilder message() {
        return JsonText.object().add("jsonrpc", "2.0");
    }

    /** A copy to which fields are added. */
    static JsonObjectBuilder copy(JsonObject object) {
        return BUILDERS.createObjectBuilder(object);
    }

    static ByteBuffer bytes(JsonObject message) {
        return ByteBuffer.wrap(JsonText.bytes(message));
    }

    /**
     * Reads a message, or the messages of a batch.
     *
     * @throws UpstreamException if they are none
     */
    static List<JsonObject> parse(byte[] bytes) {
        if (tooDeep(bytes)) {
            throw protocol("the answer is nested deeper than " + MAX_DEPTH + " levels");
        }
        JsonStructure read;
        try (JsonReader reader = READERS.createReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8)) {
            read = reader.read();
        } catch (JsonParsingException e) {
            throw protocol("the answer is no JSON");
        } catch (JsonException | IllegalStateException | IllegalArgumentException | UnsupportedOperationException e) {
            // The last is the provider's word for a number of more digits than it takes.
            throw protocol("the answer cannot be read");
        }
        if (read instanceof JsonObject object) {
            return List.of(object);
        }
        List<JsonObject> messages = new ArrayList<>();
        for (JsonValue value : (JsonArray) read) {
            if (!(value instanceof JsonObject object)) {
                throw protocol("the answer is no message of JSON-RPC");
            }
            messages.add(object);
        }
        return messages;
    }

    /** Readers go as deep as their input does, and so does the stack. */
    private static boolean tooDeep(byte[] bytes) {
        int depth = 0;
        boolean text = false;
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            if (text) {
                if (b == '\\') {
                    i++;
                } else if (b == '"') {
                    text = false;
                }
            } else if (b == '"') {
                text = true;
            } else if (b == '{' || b == '[') {
                if (++depth > MAX_DEPTH) {
                    return true;
                }
            } else if (b == '}' || b == ']') {
                depth--;
            }
        }
        return false;
    }

    private static UpstreamException protocol(String text) {
        return new UpstreamException(UpstreamException.Reason.PROTOCOL, text);
    }

    /** The field if it is an object; else an empty one. */
    static JsonObject object(JsonObject json, String field) {
        return json.get(field) instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
    }

    /** The field if it is a text; else null. */
    static @Nullable String text(JsonObject json, String field) {
        return json.get(field) instanceof JsonString string ? string.getString() : null;
    }
}
