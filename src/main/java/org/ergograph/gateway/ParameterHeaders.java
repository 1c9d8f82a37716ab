package org.ergograph.gateway;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which arguments of which tools revision 2026-07-28 wants to see among the headers too ({@code x-mcp-header} in the input
 * schema), learnt from the tool lists that pass by. Thread-safe.
 */
final class ParameterHeaders {
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");
    private static final Pattern PLAIN = Pattern.compile("[\\x21-\\x7e](?:[\\x20-\\x7e\\t]*[\\x21-\\x7e])?");
    private static final int MAX_TOOLS = 5000;
    private static final int MAX_DEPTH = 10;
    private static final int MAX_HEADERS = 50;

    private record Mirrored(List<String> path, String header) {}

    private final Map<String, List<Mirrored>> tools = new ConcurrentHashMap<>();

    /** Reads the result of {@code tools/list}. */
    void learn(JsonObject result) {
        if (!(result.get("tools") instanceof JsonArray listed)) {
            return;
        }
        for (JsonValue value : listed) {
            if (value instanceof JsonObject tool) {
                learnTool(tool);
            }
        }
    }

    private void learnTool(JsonObject tool) {
        String name = Messages.text(tool, "name");
        if (name == null) {
            return;
        }
        List<Mirrored> found = new ArrayList<>();
        collect(Messages.object(tool, "inputSchema"), List.of(), found);
        if (found.isEmpty()) {
            tools.remove(name);
        } else if (tools.size() < MAX_TOOLS) {
            tools.put(name, List.copyOf(found));
        }
    }

    private static void collect(JsonObject schema, List<String> path, List<Mirrored> found) {
        if (path.size() >= MAX_DEPTH) {
            return;
        }
        Messages.object(schema, "properties").forEach((name, value) -> {
            if (value instanceof JsonObject property) {
                List<String> below = new ArrayList<>(path);
                below.add(name);
                String header = Messages.text(property, "x-mcp-header");
                if (header != null && NAME.matcher(header).matches() && found.size() < MAX_HEADERS) {
                    found.add(new Mirrored(List.copyOf(below), "Mcp-Param-" + header));
                }
                collect(property, below, found);
            }
        });
    }

    /** Puts the headers for a call of this tool. */
    void add(@Nullable String tool, JsonObject arguments, Map<String, String> headers) {
        if (tool == null) {
            return;
        }
        for (Mirrored mirrored : tools.getOrDefault(tool, List.of())) {
            JsonValue value = arguments;
            for (String key : mirrored.path()) {
                value = value instanceof JsonObject object ? object.get(key) : null;
            }
            String text = text(value);
            if (text != null) {
                headers.put(mirrored.header(), encoded(text));
            }
        }
    }

    private static @Nullable String text(@Nullable JsonValue value) {
        if (value instanceof JsonString string) {
            return string.getString();
        }
        boolean plain = (value instanceof JsonNumber number && number.isIntegral())
                || value == JsonValue.TRUE
                || value == JsonValue.FALSE;
        return plain ? String.valueOf(value) : null;
    }

    /** A text as a header carries it: as it is, or in Base64 where a header cannot. */
    static String encoded(String text) {
        boolean plain = PLAIN.matcher(text).matches() && !text.startsWith("=?base64?");
        return plain
                ? text
                : "=?base64?" + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)) + "?=";
    }
}
