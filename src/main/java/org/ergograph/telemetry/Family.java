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
 */
record Family(Metric total, Metric duration, @Nullable Metric errors) {
    private static final Family HTTP = new Family(Metrics.HTTP_REQUESTS, Metrics.HTTP_DURATION, null);
    private static final Family DB = new Family(Metrics.DB_OPERATIONS, Metrics.DB_DURATION, null);
    private static final Family WORKFLOW = new Family(Metrics.WORKFLOW_STEPS, Metrics.WORKFLOW_STEP_DURATION, null);
    private static final Family TOOL = new Family(Metrics.TOOL_EXECUTIONS, Metrics.TOOL_DURATION, Metrics.TOOL_ERRORS);
    private static final Family METHOD = new Family(Metrics.METHOD_CALLS, Metrics.METHOD_DURATION, null);

    /** The metrics of this series; null if it has none. */
    static @Nullable Family of(Series series) {
        return switch (series.kind()) {
            case HTTP -> HTTP;
            case DB -> DB;
            // A run is no step.
            case WORKFLOW -> series.value(1).equals(Kind.RUN) ? null : WORKFLOW;
            case TOOL -> TOOL;
            case METHOD -> METHOD;
            case MCP, EXTERNAL, ADMIN -> null;
        };
    }
}
