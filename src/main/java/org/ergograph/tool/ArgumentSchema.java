package org.ergograph.tool;

import dev.harrel.jsonschema.Error;
import dev.harrel.jsonschema.Validator;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The compiled input schema of one tool. Thread-safe. */
final class ArgumentSchema {
    private static final JsonProvider JSON = JsonProvider.provider();
    private static final int MAX_FAULTS = 5;

    private final String tool;
    private final JsonObject schema;
    private final Function<JsonObject, Validator.Result> check;

    ArgumentSchema(String tool, JsonObject schema, Function<JsonObject, Validator.Result> check) {
        this.tool = tool;
        this.schema = schema;
        this.check = check;
    }

    /** What is wrong with the arguments and what is allowed, for the model that gave them; null if nothing is. */
    @Nullable
    String fault(JsonObject arguments) {
        Validator.Result result = check.apply(arguments);
        if (result.isValid()) {
            return null;
        }
        // One fault for each place: a value of the wrong type fails its enumeration, too.
        Map<String, String> faults = new LinkedHashMap<>();
        for (Error error : result.getErrors()) {
            faults.putIfAbsent(error.getInstanceLocation(), text(error, arguments));
        }
        String told = faults.values().stream().limit(MAX_FAULTS).collect(Collectors.joining("; "));
        return faults.size() > MAX_FAULTS ? told + "; and " + (faults.size() - MAX_FAULTS) + " more" : told;
    }

    private String text(Error error, JsonObject arguments) {
        String pointer = error.getInstanceLocation();
        String schemaPointer =
                error.getSchemaLocation().substring(error.getSchemaLocation().indexOf('#') + 1);
        JsonObject wanted =
                find(schema, schemaPointer) instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
        JsonValue given = find(arguments, pointer);
        String name = name(pointer);
        if ("required".equals(error.getKeyword()) && given instanceof JsonObject object) {
            return missing(name, wanted, object);
        }
        if (schemaPointer.endsWith("/additionalProperties") && error.getKeyword() == null) {
            JsonObject owner = find(schema, parent(schemaPointer)) instanceof JsonObject object ? object : schema;
            return name + " is no parameter of " + tool + ": must be "
                    + Wanted.names(owner.getOrDefault("properties", JsonValue.EMPTY_JSON_OBJECT));
        }
        String allowed = Wanted.of(wanted);
        String rule = allowed.isEmpty() ? Shown.cleaned(error.getError()) : "must be " + allowed;
        return (name.isEmpty() ? "the arguments are" : name + " is") + " " + Shown.of(given) + ": " + rule;
    }

    private static String missing(String name, JsonObject wanted, JsonObject given) {
        JsonObject properties = wanted.getJsonObject("properties");
        return wanted.getJsonArray("required").stream()
                .map(required -> ((jakarta.json.JsonString) required).getString())
                .filter(required -> !given.containsKey(required))
                .map(required -> {
                    String allowed = properties != null && properties.get(required) instanceof JsonObject of
                            ? Wanted.of(of)
                            : "";
                    return (name.isEmpty() ? "" : name + ".") + required + " is missing: "
                            + (allowed.isEmpty() ? "must be given" : "must be " + allowed);
                })
                .collect(Collectors.joining("; "));
    }

    private static @Nullable JsonValue find(JsonObject in, String pointer) {
        try {
            return JSON.createPointer(pointer).getValue(in);
        } catch (jakarta.json.JsonException e) {
            return null; // a schema that another one refers to, or a pointer that the library wrote in its own way
        }
    }

    private static String parent(String pointer) {
        return pointer.substring(0, Math.max(0, pointer.lastIndexOf('/')));
    }

    /** {@code alert_thresholds.cpu} of {@code /alert_thresholds/cpu}. */
    private static String name(String pointer) {
        String path = pointer.isEmpty() ? "" : pointer.substring(1).replace('/', '.');
        return Shown.cleaned(path.replace("~1", "/").replace("~0", "~"));
    }
}
