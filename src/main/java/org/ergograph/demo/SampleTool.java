package org.ergograph.demo;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import org.ergograph.tool.Answer;
import org.ergograph.tool.Call;
import org.ergograph.tool.Hints;
import org.ergograph.tool.Tool;
import org.ergograph.tool.ToolDefinition;

/** A tool that does nothing but take its time, and fails now and then. Holds no thread meanwhile. Thread-safe. */
final class SampleTool implements Tool {
    static final String PREFIX = "demo_";
    static final String CATEGORY = "demo";

    private static final String INPUT = """
            {"type":"object","additionalProperties":false,
            "properties":{"query":{"type":"string","maxLength":200,"description":"has no effect"}}}""";

    private final Behaviour behaviour;
    private final BiFunction<Duration, Runnable, Runnable> later;
    private final ToolDefinition definition;

    /** @param later runs a task after a while, and answers what takes it back */
    SampleTool(Behaviour behaviour, BiFunction<Duration, Runnable, Runnable> later) {
        this.behaviour = behaviour;
        this.later = later;
        this.definition = ToolDefinition.of(
                PREFIX + behaviour.name(),
                CATEGORY,
                "Demonstration: " + behaviour.name(),
                "A demonstration that does nothing: it answers after a made-up time, half of the calls within "
                        + behaviour.median().toMillis() + " ms, and sometimes fails.",
                INPUT,
                null,
                Hints.READ_ONLY);
    }

    @Override
    public ToolDefinition definition() {
        return definition;
    }

    @Override
    public CompletionStage<Answer> call(Call call) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        Duration latency = behaviour.latency(random);
        Answer answer = behaviour.fails(random)
                ? Answer.toolError("Demonstration: this failure is made up.", "made_up")
                : Answer.text(String.format(
                        Locale.ROOT,
                        "Demonstration: this answer is made up; it took %.3f s.",
                        latency.toNanos() / 1e9));
        CompletableFuture<Answer> result = new CompletableFuture<>();
        try {
            Runnable takeBack = later.apply(latency, () -> result.complete(answer));
            call.onCancel(() -> {
                takeBack.run();
                result.cancel(false);
            });
        } catch (RejectedExecutionException e) {
            result.complete(Answer.toolError("the server is stopping", "rejected"));
        }
        return result;
    }
}
