package org.ergograph.tool;

import dev.harrel.jsonschema.Dialects;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JakartaJsonNode;
import java.net.URI;

/** Compiles input schemas, each once; what a schema refers to is never fetched from anywhere. Thread-safe. */
final class ArgumentSchemas {
    private final Validator validator = new ValidatorFactory()
            .withJsonNodeFactory(new JakartaJsonNode.Factory())
            .withDefaultDialect(new Dialects.Draft2020Dialect())
            .createValidator();

    private int compiled;

    /**
     * The input schema of this tool.
     *
     * @throws IllegalStateException if it is no valid schema
     */
    synchronized ArgumentSchema compile(ToolDefinition tool) {
        URI uri = URI.create("urn:ergograph:tool:" + compiled++);
        try {
            validator.registerSchema(uri, tool.json().getJsonObject("inputSchema"));
        } catch (RuntimeException e) {
            throw new IllegalStateException("the input schema of " + tool.name() + " is no JSON Schema", e);
        }
        return new ArgumentSchema(
                tool.name(), tool.json().getJsonObject("inputSchema"), json -> validator.validate(uri, (Object) json));
    }
}
