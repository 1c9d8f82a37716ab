package org.ergograph.mcp;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Arguments that a tool wants repeated in headers, {@code x-mcp-header} in its input schema, so that proxies can route by them. */
final class ParamHeaders {
    private static final String KEYWORD = "x-mcp-header";
    private static final String PREFIX = "Mcp-Param-";

    private ParamHeaders() {}

    /**
     * @param tool as {@code tools/list} shows it
     * @throws Refusal -32020 if a header is not the same as its argument
     */
    static void check(JsonObject tool, JsonObject arguments, UnaryOperator<@Nullable String> header) {
        if (!(tool.get("inputSchema") instanceof JsonObject schema)
                || !(schema.get("properties") instanceof JsonObject properties)) {
            return;
        }
        properties.forEach((argument, property) -> {
            if (property instanceof JsonObject described && described.get(KEYWORD) instanceof JsonString name) {
                check(argument, arguments.get(argument), PREFIX + name.getString(), header);
            }
        });
    }

    private static void check(
            String argument, @Nullable JsonValue value, String name, UnaryOperator<@Nullable String> headers) {
        String body = text(value);
        String header = headers.apply(name);
        if (body == null && header == null) {
            return;
        }
        String said = header == null ? null : HeaderText.decode(header);
        if (body == null || said == null || !body.equals(said)) {
            throw Era.mismatch(name, header, "params.arguments." + argument, body == null ? "missing" : body);
        }
    }

    /** Null for what no header can hold. */
    private static @Nullable String text(@Nullable JsonValue value) {
        if (value instanceof JsonString text) {
            return text.getString();
        }
        return value instanceof JsonNumber || value == JsonValue.TRUE || value == JsonValue.FALSE
                ? value.toString()
                : null;
    }
}
