package org.ergograph.tool;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a tool, a resource or a prompt answers. Immutable. */
public sealed interface Answer {
    /**
     * It is done.
     *
     * @param result as it goes over the wire, without what belongs to the transport ({@code resultType} and the like)
     * @param errorType why it failed, in one word of low cardinality ({@code timeout}, {@code tool_error}); null if it did not
     */
    record Complete(JsonObject result, @Nullable String errorType) implements Answer {}

    /**
     * It needs something of the client before it can go on; the client asks again, with its answers. Revisions that ask while
     * the request is open are served likewise, by the transport.
     *
     * @param inputRequests by a key of the server's choice: objects with {@code method} and {@code params}
     * @param requestState given back by the client as it is; so it must tell nothing, and be checked; null if there is none
     */
    record InputRequired(JsonObject inputRequests, @Nullable String requestState) implements Answer {}

    /** The result of a resource or a prompt, or of a tool in full. */
    static Answer of(JsonObject result) {
        return new Complete(result, null);
    }

    /** The result of a tool: figures as its output schema has them, and a short text that says the same. */
    static Answer structured(JsonObject content, String text) {
        return of(JsonValues.object()
                .add("content", JsonValues.texts(text))
                .add("structuredContent", content)
                .build());
    }

    /** The same, with the time that the work took in {@code _meta}. */
    static Answer structured(JsonObject content, String text, Duration took) {
        return of(JsonValues.object()
                .add("content", JsonValues.texts(text))
                .add("structuredContent", content)
                .add("_meta", JsonValues.object().add("executionTimeSeconds", took.toNanos() / 1e9))
                .build());
    }

    /** The result of a tool without an output schema. */
    static Answer text(String text) {
        return of(JsonValues.object().add("content", JsonValues.texts(text)).build());
    }

    /**
     * The result of a tool that could not do what it was asked. The model reads it, and may ask better.
     *
     * @param errorType see {@link Complete}
     */
    static Answer toolError(String text, String errorType) {
        return new Complete(
                JsonValues.object()
                        .add("content", JsonValues.texts(text))
                        .add("isError", JsonValue.TRUE)
                        .build(),
                errorType);
    }
}
