package org.ergograph.bench.app;

import jakarta.inject.Singleton;
import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.ergograph.tool.Answer;
import org.ergograph.tool.Call;
import org.ergograph.tool.Hints;
import org.ergograph.tool.Tool;
import org.ergograph.tool.ToolDefinition;

/** The trivial tool of the benchmark of MCP requests. */
@Singleton
public class AddTool implements Tool {
    private static final JsonBuilderFactory BUILDERS = Json.createBuilderFactory(Map.of());
    private static final ToolDefinition DEFINITION =
            ToolDefinition.of("bench_add", "bench", "Add", "Adds two whole numbers.", """
            {"type": "object",
             "properties": {
               "a": {"type": "integer", "minimum": 0, "maximum": 1000000},
               "b": {"type": "integer", "minimum": 0, "maximum": 1000000}},
             "required": ["a", "b"], "additionalProperties": false}""", """
            {"type": "object", "properties": {"sum": {"type": "integer"}}, "required": ["sum"]}""", Hints.READ_ONLY);

    @Override
    public ToolDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CompletionStage<Answer> call(Call call) {
        int sum = call.arguments().getInt("a") + call.arguments().getInt("b");
        return CompletableFuture.completedFuture(
                Answer.structured(BUILDERS.createObjectBuilder().add("sum", sum).build(), Integer.toString(sum)));
    }
}
