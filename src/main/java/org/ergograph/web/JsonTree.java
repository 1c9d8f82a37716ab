package org.ergograph.web;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.stream.JsonLocation;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import jakarta.json.stream.JsonParsingException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON text strictly into maps, lists, strings, {@link BigDecimal}s, booleans and {@link #NULL}: UTF-8 only, no key
 * twice, bounded depth and numbers.
 */
final class JsonTree {
    /** Stands for the JSON value {@code null}. */
    static final Object NULL = new Object() {
        @Override
        public String toString() {
            return "null";
        }
    };

    static final int MAX_DEPTH = 32;
    private static final int MAX_NUMBER_LENGTH = 100;
    private static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of());

    private final JsonParser parser;

    private JsonTree(JsonParser parser) {
        this.parser = parser;
    }

    /** @throws ProblemException 400 that says where the text stops being JSON */
    static Map<String, Object> object(byte[] bytes) {
        String text = decode(bytes);
        if (text.isBlank()) {
            throw ProblemException.badRequest("the body is empty: must be a JSON object");
        }
        try (JsonParser parser = PARSERS.createParser(new StringReader(text))) {
            JsonTree tree = new JsonTree(parser);
            if (parser.next() != JsonParser.Event.START_OBJECT) {
                throw ProblemException.badRequest("the body is no object: must be a JSON object");
            }
            Map<String, Object> object = tree.members(1);
            if (parser.hasNext()) {
                throw at("text after the JSON object", parser.getLocation());
            }
            return object;
        } catch (JsonParsingException e) {
            throw at("the body is no well-formed JSON", e.getLocation());
        } catch (JsonException | NoSuchElementException | IllegalStateException e) {
            throw ProblemException.badRequest("the body is no well-formed JSON");
        }
    }

    private static String decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw ProblemException.badRequest("the body is no well-formed UTF-8");
        }
    }

    private Map<String, Object> members(int depth) {
        bound(depth);
        Map<String, Object> members = new LinkedHashMap<>();
        while (true) {
            JsonParser.Event event = parser.next();
            if (event == JsonParser.Event.END_OBJECT) {
                return members;
            }
            String key = parser.getString();
            if (members.put(key, value(parser.next(), depth)) != null) {
                throw ProblemException.badField(key, "given twice", "given once");
            }
        }
    }

    private List<Object> elements(int depth) {
        bound(depth);
        List<Object> elements = new ArrayList<>();
        while (true) {
            JsonParser.Event event = parser.next();
            if (event == JsonParser.Event.END_ARRAY) {
                return elements;
            }
            elements.add(value(event, depth));
        }
    }

    private Object value(JsonParser.Event event, int depth) {
        return switch (event) {
            case START_OBJECT -> members(depth + 1);
            case START_ARRAY -> elements(depth + 1);
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER -> number(parser.getString());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> NULL;
            default -> throw at("the body is no well-formed JSON", parser.getLocation());
        };
    }

    private BigDecimal number(String text) {
        if (text.length() > MAX_NUMBER_LENGTH) {
            throw at("a number is longer than " + MAX_NUMBER_LENGTH + " characters", parser.getLocation());
        }
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw at("a number is out of range", parser.getLocation());
        }
    }

    private void bound(int depth) {
        if (depth > MAX_DEPTH) {
            throw at("the body is nested deeper than " + MAX_DEPTH + " levels", parser.getLocation());
        }
    }

    private static ProblemException at(String what, @Nullable JsonLocation location) {
        return ProblemException.badRequest(
                location == null || location.getLineNumber() < 0
                        ? what
                        : what + " (line " + location.getLineNumber() + ", column " + location.getColumnNumber() + ")");
    }
}
