package org.ergograph.report;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.ergograph.tool.Answer;
import org.ergograph.tool.Arguments;
import org.ergograph.tool.Call;
import org.ergograph.tool.Prompt;
import org.ergograph.web.JsonText;
import org.jspecify.annotations.Nullable;

/** A prompt that guides a model through an investigation, of one series or of all. Immutable. */
final class Guide {
    private static final String TARGET = "target";
    private static final int MAX_TARGET = 460;

    private final String name;
    private final JsonObject json;
    private final KnownSeries known;
    private final Function<@Nullable String, String> text;

    /** @param text what to do, for the series of this label; null for all */
    Guide(String name, String title, String description, KnownSeries known, Function<@Nullable String, String> text) {
        this.name = name;
        this.known = known;
        this.text = text;
        this.json = JsonText.object()
                .add("name", name)
                .add("title", title)
                .add("description", description)
                .add(
                        "arguments",
                        JsonText.array()
                                .add(JsonText.object()
                                        .add("name", TARGET)
                                        .add("description", "A series as kind:name; left out, all of them.")
                                        .add("required", false)))
                .build();
    }

    String name() {
        return name;
    }

    JsonObject json() {
        return json;
    }

    /** See {@link Prompt#get}. */
    CompletionStage<Answer> get(Call call) {
        String target = new Arguments(call.arguments()).text(TARGET);
        String plain = target == null || target.isBlank()
                ? null
                : target.substring(0, Math.min(target.length(), MAX_TARGET)).replaceAll("\\p{Cntrl}|\\p{Cf}|`", "_");
        return CompletableFuture.completedFuture(Answer.of(JsonText.object()
                .add("description", json.getString("description"))
                .add(
                        "messages",
                        JsonText.array()
                                .add(JsonText.object()
                                        .add("role", "user")
                                        .add(
                                                "content",
                                                JsonText.object()
                                                        .add("type", "text")
                                                        .add("text", text.apply(plain)))))
                .build()));
    }

    /** See {@link Prompt#complete}. */
    CompletionStage<List<String>> complete(String argument, String typed) {
        return CompletableFuture.completedFuture(argument.equals(TARGET) ? known.labels(typed) : List.of());
    }
}
