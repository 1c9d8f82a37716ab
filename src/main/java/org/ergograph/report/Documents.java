package org.ergograph.report;

import jakarta.json.JsonObject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.ergograph.tool.Answer;
import org.ergograph.web.JsonText;

/** Resources of MCP that are JSON documents. */
final class Documents {
    private static final String JSON = "application/json";

    private Documents() {}

    /** As a list shows it. */
    static JsonObject listed(String field, String uri, String name, String title, String description) {
        return JsonText.object()
                .add(field, uri)
                .add("name", name)
                .add("title", title)
                .add("description", description)
                .add("mimeType", JSON)
                .build();
    }

    /** What reading it answers. */
    static CompletionStage<Answer> read(String uri, String json) {
        return CompletableFuture.completedFuture(Answer.of(JsonText.object()
                .add(
                        "contents",
                        JsonText.array()
                                .add(JsonText.object()
                                        .add("uri", uri)
                                        .add("mimeType", JSON)
                                        .add("text", json)))
                .build()));
    }
}
