package org.ergograph.tool;

import java.util.concurrent.CompletionStage;

/**
 * Something that an MCP client can call. Every CDI bean of this type is offered; so is what a {@link Source} gives. Thread-safe.
 */
public interface Tool {
    /** What clients are told of it. Always the same instance. */
    ToolDefinition definition();

    /**
     * Does the work. Called on a thread of the server, which it must not keep waiting: what waits is done elsewhere, by way of
     * the stage. Arguments of our own tools have passed the input schema; those of an upstream's are as they came.
     *
     * @return fails with a {@link ProtocolException} where the request is at fault; any other failure is told the client without
     *     its message. A tool that could not do what was asked answers {@link Answer#toolError} instead
     */
    CompletionStage<Answer> call(Call call);
}
