package org.ergograph.mcp;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonConfig;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ergograph.tool.ProtocolException;
import org.jspecify.annotations.Nullable;

/** Reads JSON-RPC messages strictly: UTF-8 only, no key twice, bounded depth, the types that the protocol says. Thread-safe. */
final class MessageReader {
    static final int MAX_DEPTH = 64;
    static final int MAX_BATCH = 100;
    private static final int MAX_ID_LENGTH = 256;
    private static final int MAX_METHOD_LENGTH = 200;

    // Looked up once: jakarta.json.Json searches for its provider at every call.
    private static final JsonReaderFactory READERS =
            Json.createReaderFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE));

    private MessageReader() {}

    /**
     * What a body holds: an object, or an array where it is a batch.
     *
     * @throws Refusal -32700 if it is no JSON, -32600 if it is too deep or neither of the two
     */
    static JsonValue parse(byte[] body) {
        int depth = depth(body);
        if (depth > MAX_DEPTH) {
            throw invalid("the body is nested " + depth + " levels deep or more: must be at most " + MAX_DEPTH);
        }
        try (JsonReader reader = READERS.createReader(new StringReader(decode(body)))) {
            JsonValue value = reader.readValue();
            if (value.getValueType() != JsonValue.ValueType.OBJECT
                    && value.getValueType() != JsonValue.ValueType.ARRAY) {
                throw invalid("the body is " + shown(value) + ": must be a JSON-RPC message");
            }
            return value;
        } catch (JsonException | IllegalStateException | NumberFormatException e) {
            throw new Refusal(400, Refusal.PARSE_ERROR, "the body is no well-formed JSON, or has a key twice");
        } catch (UnsupportedOperationException e) {
            // The provider's word for a number of more digits than it takes.
            throw new Refusal(400, Refusal.PARSE_ERROR, "the body holds a number that is too long");
        }
    }

    /**
     * The depth of nesting, or the first one beyond what is allowed. Brackets in texts do not count.
     *
     * @throws Refusal -32700 if something follows the message, which readers of JSON do not look for
     */
    private static int depth(byte[] body) {
        int depth = 0;
        int deepest = 0;
        boolean text = false;
        for (int i = 0; i < body.length; i++) {
            byte b = body[i];
            if (deepest > 0 && depth == 0 && (b > ' ' || b < 0)) {
                throw new Refusal(400, Refusal.PARSE_ERROR, "something follows the JSON in the body");
            }
            if (text) {
                if (b == '\\') {
                    i++;
                } else if (b == '"') {
                    text = false;
                }
            } else if (b == '"') {
                text = true;
            } else if (b == '{' || b == '[') {
                deepest = Math.max(deepest, ++depth);
                if (depth > MAX_DEPTH) {
                    return depth;
                }
            } else if (b == '}' || b == ']') {
                depth--;
            }
        }
        return deepest;
    }

    private static String decode(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') < 0) {
            return text;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Refusal(400, Refusal.PARSE_ERROR, "the body is no well-formed UTF-8");
        }
    }

    /** The messages of a batch. */
    static List<JsonValue> batch(JsonArray array) {
        if (array.isEmpty() || array.size() > MAX_BATCH) {
            throw invalid("the batch has " + array.size() + " messages: must be 1 to " + MAX_BATCH);
        }
        return new ArrayList<>(array);
    }

    /** @throws Refusal -32600 that names the field at fault, -32602 if it is the parameters */
    static Message message(JsonValue value) {
        if (!(value instanceof JsonObject object)) {
            throw invalid("a message is " + shown(value) + ": must be an object");
        }
        if (!(object.get("jsonrpc") instanceof JsonString version)
                || !version.getString().equals("2.0")) {
            throw invalid("jsonrpc is " + shown(object.get("jsonrpc")) + ": must be \"2.0\"");
        }
        JsonValue method = object.get("method");
        if (method == null && (object.containsKey("result") || object.containsKey("error"))) {
            return response(object);
        }
        if (!(method instanceof JsonString name)
                || name.getString().isEmpty()
                || name.getString().length() > MAX_METHOD_LENGTH) {
            throw invalid(
                    "method is " + shown(method) + ": must be a text of 1 to " + MAX_METHOD_LENGTH + " characters");
        }
        JsonObject params = params(object.get("params"));
        return object.containsKey("id")
                ? new Message.Request(id(object.get("id")), name.getString(), params)
                : new Message.Notification(name.getString(), params);
    }

    private static Message response(JsonObject object) {
        // Ours are texts; whatever else there is cannot be the answer to a question of ours.
        String id = object.get("id") instanceof JsonString text ? text.getString() : "";
        return new Message.Response(id, object);
    }

    /** The id of a message if it has a good one, so that a refusal can carry it; else null of JSON. */
    static JsonValue idOf(JsonValue value) {
        JsonValue id = value instanceof JsonObject object ? object.get("id") : null;
        return id != null && isId(id) ? id : JsonValue.NULL;
    }

    private static JsonValue id(@Nullable JsonValue id) {
        if (id == null || !isId(id)) {
            throw invalid("id is " + shown(id) + ": must be a text of at most " + MAX_ID_LENGTH
                    + " characters or a whole number");
        }
        return id;
    }

    private static boolean isId(JsonValue id) {
        if (id instanceof JsonString text) {
            return text.getString().length() <= MAX_ID_LENGTH;
        }
        return id instanceof JsonNumber number
                && number.isIntegral()
                && number.toString().length() <= 40;
    }

    private static JsonObject params(@Nullable JsonValue params) {
        if (params == null) {
            return JsonValue.EMPTY_JSON_OBJECT;
        }
        if (params instanceof JsonObject object) {
            return object;
        }
        throw new Refusal(400, ProtocolException.INVALID_PARAMS, "params is " + shown(params) + ": must be an object");
    }

    private static Refusal invalid(String message) {
        return new Refusal(400, ProtocolException.INVALID_REQUEST, message);
    }

    /** A value in so few words that it can stand in a message. */
    static String shown(@Nullable JsonValue value) {
        if (value == null) {
            return "missing";
        }
        return switch (value.getValueType()) {
            case OBJECT -> "an object";
            case ARRAY -> "an array";
            default -> {
                String text = value.toString();
                yield text.length() > 100 ? text.substring(0, 100) + "..." : text;
            }
        };
    }
}
