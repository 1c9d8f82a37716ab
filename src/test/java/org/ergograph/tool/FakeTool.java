package org.ergograph.tool;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A tool that answers as the test says. */
final class FakeTool implements Tool {
    private final ToolDefinition definition;
    private final Function<Call, CompletionStage<Answer>> work;

    FakeTool(ToolDefinition definition, Function<Call, CompletionStage<Answer>> work) {
        this.definition = definition;
        this.work = work;
    }

    /** Takes any arguments and answers its own name. */
    static FakeTool named(String name) {
        return answering(name, call -> CompletableFuture.completedFuture(Answer.text(name)));
    }

    static FakeTool answering(String name, Function<Call, CompletionStage<Answer>> work) {
        return new FakeTool(
                ToolDefinition.of(name, "test", name, "For tests.", "{\"type\":\"object\"}", null, Hints.READ_ONLY),
                work);
    }

    @Override
    public ToolDefinition definition() {
        return definition;
    }

    @Override
    public CompletionStage<Answer> call(Call call) {
        return work.apply(call);
    }
}
