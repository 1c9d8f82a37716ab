package org.ergograph.tool;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.ergograph.observation.Series;
import org.jspecify.annotations.Nullable;

/** A tool as the catalogue offers it: its arguments are checked where they are ours to check, and its calls are timed. */
final class OfferedTool implements Tool {
    /** The error type of a call whose arguments were wrong. */
    static final String INVALID_ARGUMENTS = "invalid_arguments";

    private final Tool tool;
    private final ToolDefinition definition;
    private final ToolCalls calls;
    private final @Nullable Series series;
    private final @Nullable ArgumentSchema schema;

    /** @param schema null if the arguments are not checked */
    OfferedTool(Tool tool, ToolCalls calls, @Nullable ArgumentSchema schema) {
        this.tool = tool;
        this.definition = tool.definition();
        this.calls = calls;
        this.series = calls.series(definition);
        this.schema = schema;
    }

    @Override
    public ToolDefinition definition() {
        return definition;
    }

    @Override
    public CompletionStage<Answer> call(Call call) {
        return calls.time(series, call, () -> {
            String fault = schema == null ? null : schema.fault(call.arguments());
            return fault == null
                    ? tool.call(call)
                    : CompletableFuture.completedFuture(Answer.toolError(fault, INVALID_ARGUMENTS));
        });
    }
}
