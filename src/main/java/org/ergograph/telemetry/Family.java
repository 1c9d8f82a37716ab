package org.ergograph.telemetry;

import org.ergograph.observation.Kind;
import org.ergograph.observation.Metric;
import org.ergograph.observation.Metrics;
import org.ergograph.observation.Series;
import org.jspecify.annotations.Nullable;

/**
 * The metrics that the observations of a kind feed.
 *
 * @param total counts them by outcome
 * @param duration how long they took
 * @param errors counts the failed ones by reason; null where the kind has no such metric
 * @param requestSize the size of what was asked; null where the kind has no such metric
 * @param responseSize the size of what was answered; null where the kind has no such metric
 * @param allocated what its thread allocated; null where the kind has no such metric
 */
record Family(
        Metric total,
        Metric duration,
        @Nullable Metric errors,
        @Nullable Metric requestSize,
        @Nullable Metric responseSize,
        @Nullable Metric allocated) {
    private static final Family HTTP = new Family(
            Metrics.HTTP_REQUESTS,
            Metrics.HTTP_DURATION,
            null,
            Metrics.HTTP_REQUEST_SIZE,
            Metrics.HTTP_RESPONSE_SIZE,
            Metrics.REQUEST_ALLOCATED);
    private static final Family MCP = new Family(
            Metrics.MCP_REQUESTS,
            Metrics.MCP_DURATION,
            null,
            Metrics.MCP_REQUEST_SIZE,
            Metrics.MCP_RESPONSE_SIZE,
            null);
    private static final Family DB = plain(Metrics.DB_OPERATIONS, Metrics.DB_DURATION, null);
    private static final Family WORKFLOW = plain(Metrics.WORKFLOW_STEPS, Metrics.WORKFLOW_STEP_DURATION, null);
    private static final Family TOOL = plain(Metrics.TOOL_EXECUTIONS, Metrics.TOOL_DURATION, Metrics.TOOL_ERRORS);
    private static final Family EXTERNAL =
            plain(Metrics.UPSTREAM_CALLS, Metrics.UPSTREAM_CALL_DURATION, Metrics.UPSTREAM_ERRORS);
    private static final Family METHOD = plain(Metrics.METHOD_CALLS, Metrics.METHOD_DURATION, null);

    private static Family plain(Metric total, Metric duration, @Nullable Metric errors) {
        return new Family(total, duration, errors, null, null, null);
    }

    /** The metrics of this series; null if it has none. */
    static @Nullable Family of(Series series) {
        return switch (series.kind()) {
            case HTTP -> HTTP;
            case DB -> DB;
            // A run is no step.
            case WORKFLOW -> series.value(1).equals(Kind.RUN) ? null : WORKFLOW;
            case TOOL -> TOOL;
            case METHOD -> METHOD;
            case MCP -> MCP;
            case EXTERNAL -> EXTERNAL;
            case ADMIN -> null;
        };
    }
}
