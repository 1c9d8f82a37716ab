package org.ergograph.tool;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A text that an MCP client can put before its model. Offered as a {@link Resource} is. Thread-safe. */
public interface Prompt {
    /** Unique among all prompts. */
    String name();

    /** As {@code prompts/list} shows it, {@code name} and {@code arguments} included. */
    JsonObject json();

    /** The result of {@code prompts/get}: an object with {@code messages}. Same rules as {@link Tool#call}. */
    CompletionStage<Answer> get(Call call);

    /**
     * Values that the argument may have, best first.
     *
     * @param typed what the user has typed of it so far
     * @param call {@link Call#arguments} holds the arguments that are known already
     */
    CompletionStage<List<String>> complete(String argument, String typed, Call call);
}
