package org.ergograph.tool;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.StringReader;
import org.jspecify.annotations.Nullable;

/**
 * What clients are told of a tool. Immutable.
 *
 * @param name unique among all tools; 1 to 128 of A-Z, a-z, 0-9, {@code _}, {@code -} and {@code .}
 * @param category the bounded label under which it is recorded
 * @param json as {@code tools/list} shows it, {@code name} and {@code inputSchema} included
 * @param validated whether arguments are checked by the input schema before the call; those of an upstream's tools are the
 *     upstream's to check
 */
public record ToolDefinition(String name, String category, JsonObject json, boolean validated) {
    /** The category of what nothing else is said of. */
    public static final String GENERAL = "general";
    /** The category of the tools of upstream servers. */
    public static final String UPSTREAM = "upstream";

    /**
     * A tool of our own.
     *
     * @param title for people
     * @param description for the model: what it gives, and when to call it
     * @param inputSchema JSON Schema 2020-12, as text
     * @param outputSchema the same of the structured content; null if the tool gives none
     * @throws jakarta.json.JsonException if a schema is no JSON object
     */
    public static ToolDefinition of(
            String name,
            String category,
            String title,
            String description,
            String inputSchema,
            @Nullable String outputSchema,
            Hints hints) {
        JsonObjectBuilder json = JsonValues.object()
                .add("name", name)
                .add("title", title)
                .add("description", description)
                .add("inputSchema", parse(inputSchema));
        if (outputSchema != null) {
            json.add("outputSchema", parse(outputSchema));
        }
        json.add(
                "annotations",
                JsonValues.object()
                        .add("readOnlyHint", hints.readOnly())
                        .add("destructiveHint", hints.destructive())
                        .add("idempotentHint", hints.idempotent())
                        .add("openWorldHint", hints.openWorld()));
        return new ToolDefinition(name, category, json.build(), true);
    }

    private static JsonObject parse(String schema) {
        try (JsonReader reader = Json.createReader(new StringReader(schema))) {
            return reader.readObject();
        }
    }
}
