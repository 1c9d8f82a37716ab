package org.ergograph.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanKind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ergograph.observation.Kind;
import org.ergograph.observation.Series;
import org.jspecify.annotations.Nullable;

/**
 * What the span of a series is called and carries, by OpenTelemetry's semantic conventions where they have a word for it.
 * Immutable.
 */
record SpanNames(String name, SpanKind kind, Attributes attributes) {
    static final AttributeKey<String> HTTP_METHOD = AttributeKey.stringKey("http.request.method");
    static final AttributeKey<String> HTTP_ROUTE = AttributeKey.stringKey("http.route");
    static final AttributeKey<Long> HTTP_STATUS = AttributeKey.longKey("http.response.status_code");
    static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
    private static final AttributeKey<String> DB_SYSTEM_NAME = AttributeKey.stringKey("db.system.name");
    private static final AttributeKey<String> DB_SYSTEM = AttributeKey.stringKey("db.system");
    static final AttributeKey<String> DB_OPERATION = AttributeKey.stringKey("db.operation.name");
    private static final AttributeKey<String> DB_COLLECTION = AttributeKey.stringKey("db.collection.name");
    private static final AttributeKey<String> GEN_AI_OPERATION = AttributeKey.stringKey("gen_ai.operation.name");
    private static final AttributeKey<String> TOOL_NAME = AttributeKey.stringKey("gen_ai.tool.name");
    private static final AttributeKey<String> PROMPT_NAME = AttributeKey.stringKey("gen_ai.prompt.name");
    private static final AttributeKey<String> NETWORK_TRANSPORT = AttributeKey.stringKey("network.transport");
    private static final AttributeKey<String> PROTOCOL_VERSION = AttributeKey.stringKey("mcp.protocol.version");
    private static final AttributeKey<String> SERVER_ADDRESS = AttributeKey.stringKey("server.address");
    static final AttributeKey<String> MCP_METHOD = AttributeKey.stringKey("mcp.method.name");
    private static final AttributeKey<String> TRANSPORT = AttributeKey.stringKey("ergograph.transport");
    private static final AttributeKey<String> CATEGORY = AttributeKey.stringKey("ergograph.category");
    private static final AttributeKey<String> WORKFLOW = AttributeKey.stringKey("ergograph.workflow");
    private static final AttributeKey<String> STEP = AttributeKey.stringKey("ergograph.workflow.step");
    private static final AttributeKey<String> UPSTREAM = AttributeKey.stringKey("ergograph.server");
    private static final AttributeKey<String> SUBJECT = AttributeKey.stringKey("ergograph.subject");
    private static final AttributeKey<String> ACTION = AttributeKey.stringKey("ergograph.action");

    /** What metrics of operations carry too, beside the type of an error. */
    static final List<AttributeKey<String>> METRIC_KEYS = List.of(
            MCP_METHOD,
            TOOL_NAME,
            PROMPT_NAME,
            GEN_AI_OPERATION,
            NETWORK_TRANSPORT,
            PROTOCOL_VERSION,
            SERVER_ADDRESS,
            DB_SYSTEM_NAME,
            DB_OPERATION,
            DB_COLLECTION);

    private static final String CALL = "tools/call";
    private static final Set<String> OTHER_METHODS = Set.of("resources/read", "prompts/get", "completion/complete");
    private static final String EXECUTE_TOOL = "execute_tool";

    /** @param databaseSystem which database a series of kind {@code db} is about */
    static SpanNames of(Series series, String databaseSystem) {
        String first = series.value(0);
        String second = series.values().size() > 1 ? series.value(1) : "";
        return switch (series.kind()) {
            case HTTP ->
                new SpanNames(
                        first + " " + second, SpanKind.SERVER, Attributes.of(HTTP_METHOD, first, HTTP_ROUTE, second));
            case DB ->
                new SpanNames(
                        first + " " + second,
                        SpanKind.CLIENT,
                        Attributes.of(
                                DB_SYSTEM_NAME,
                                databaseSystem,
                                DB_SYSTEM,
                                databaseSystem,
                                DB_OPERATION,
                                first,
                                DB_COLLECTION,
                                second));
            case WORKFLOW ->
                second.equals(Kind.RUN)
                        ? new SpanNames(first, SpanKind.INTERNAL, Attributes.of(WORKFLOW, first))
                        : new SpanNames(
                                first + "/" + second, SpanKind.INTERNAL, Attributes.of(WORKFLOW, first, STEP, second));
            case TOOL ->
                new SpanNames(
                        EXECUTE_TOOL + " " + first,
                        SpanKind.INTERNAL,
                        Attributes.of(GEN_AI_OPERATION, EXECUTE_TOOL, TOOL_NAME, first, CATEGORY, second));
            case MCP -> new SpanNames(first, SpanKind.SERVER, mcp(first, second));
            case EXTERNAL -> external(series.name(), first, second);
            case METHOD -> new SpanNames(first, SpanKind.INTERNAL, Attributes.empty());
            case ADMIN ->
                new SpanNames(series.name(), SpanKind.INTERNAL, Attributes.of(SUBJECT, first, ACTION, second));
        };
    }

    private static Attributes mcp(String method, String transport) {
        AttributesBuilder attributes = Attributes.builder()
                .put(MCP_METHOD, method)
                .put(TRANSPORT, transport)
                .put(NETWORK_TRANSPORT, "tcp");
        if (method.equals(CALL)) {
            attributes.put(GEN_AI_OPERATION, EXECUTE_TOOL);
        }
        return attributes.build();
    }

    /** A call of a tool, another request of MCP, or what is neither: its word is in parentheses. */
    private static SpanNames external(String name, String server, String tool) {
        AttributesBuilder attributes = Attributes.builder().put(UPSTREAM, server);
        if (tool.startsWith("(")) {
            return new SpanNames(name, SpanKind.CLIENT, attributes.build());
        }
        if (OTHER_METHODS.contains(tool)) {
            return new SpanNames(
                    tool, SpanKind.CLIENT, attributes.put(MCP_METHOD, tool).build());
        }
        attributes.put(MCP_METHOD, CALL).put(GEN_AI_OPERATION, EXECUTE_TOOL).put(TOOL_NAME, tool);
        return new SpanNames(CALL + " " + tool, SpanKind.CLIENT, attributes.build());
    }

    /** Whether the attribute names what a JSON-RPC request is about. */
    static boolean isTarget(AttributeKey<String> key) {
        return key.equals(TOOL_NAME) || key.equals(PROMPT_NAME);
    }

    /** What a JSON-RPC request is about, by what was said of its span; null if that is not known, or the series tells. */
    static @Nullable String target(Series series, Map<String, String> said) {
        if (series.kind() != Kind.MCP) {
            return null;
        }
        String tool = said.get(TOOL_NAME.getKey());
        return tool != null ? tool : said.get(PROMPT_NAME.getKey());
    }
}
