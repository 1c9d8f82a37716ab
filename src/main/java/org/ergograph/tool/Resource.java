package org.ergograph.tool;

import jakarta.json.JsonObject;
import java.util.concurrent.CompletionStage;

/** Something that an MCP client can read. Every CDI bean of this type is offered; so is what a {@link Source} gives. Thread-safe. */
public interface Resource {
    /** Unique among all resources. */
    String uri();

    /** As {@code resources/list} shows it, {@code uri} and {@code name} included. */
    JsonObject json();

    /** The result of {@code resources/read}: an object with {@code contents}. Same rules as {@link Tool#call}. */
    CompletionStage<Answer> read(Call call);
}
