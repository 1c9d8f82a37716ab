package org.ergograph.observation;

import static org.ergograph.observation.Metric.counter;
import static org.ergograph.observation.Metric.gauge;
import static org.ergograph.observation.Metric.histogram;

import java.util.List;

/** Every metric that Ergograph publishes, custom ones apart: the one list of names, labels and bucket bounds. */
public final class Metrics {
    private static final List<Double> HTTP_SECONDS =
            List.of(0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0);
    private static final List<Double> TOOL_SECONDS = List.of(0.01, 0.05, 0.1, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0);
    private static final List<Double> MCP_SECONDS = List.of(0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 2.5, 5.0, 10.0);
    private static final List<Double> UPSTREAM_SECONDS =
            List.of(0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0);
    private static final List<Double> SIZES = List.of(1e2, 1e3, 1e4, 1e5, 1e6, 1e7);

    public static final Metric HTTP_REQUESTS =
            counter("mcp_http_requests_total", "HTTP requests answered.", "method", "endpoint", "status");
    public static final Metric HTTP_DURATION = histogram(
            "mcp_http_request_duration_seconds", "Time to answer an HTTP request.", HTTP_SECONDS, "method", "endpoint");
    public static final Metric HTTP_REQUEST_SIZE =
            histogram("mcp_http_request_size_bytes", "Size of the request body.", SIZES, "method", "endpoint");
    public static final Metric HTTP_RESPONSE_SIZE =
            histogram("mcp_http_response_size_bytes", "Size of the response body.", SIZES, "method", "endpoint");
    public static final Metric HTTP_ACTIVE =
            gauge("mcp_http_active_requests", "HTTP requests that are being answered now.");
    public static final Metric REQUEST_ALLOCATED = histogram(
            "mcp_request_allocated_bytes",
            "Heap bytes that the request's thread allocated while it answered.",
            List.of(1e3, 1e4, 1e5, 1e6, 1e7, 1e8),
            "endpoint");
    public static final Metric DB_OPERATIONS =
            counter("mcp_db_operations_total", "Database operations.", "operation", "table", "status");
    public static final Metric DB_DURATION = histogram(
            "mcp_db_operation_duration_seconds", "Time of a database operation.", HTTP_SECONDS, "operation", "table");
    public static final Metric WORKFLOW_STEPS =
            counter("mcp_workflow_steps_total", "Workflow steps executed.", "workflow", "step", "status");
    public static final Metric WORKFLOW_STEP_DURATION = histogram(
            "mcp_workflow_step_duration_seconds", "Time of a workflow step.", TOOL_SECONDS, "workflow", "step");
    public static final Metric ACTIVE_WORKFLOWS = gauge("mcp_active_workflows", "Workflow runs that are open now.");
    public static final Metric MCP_REQUESTS =
            counter("mcp_requests_total", "JSON-RPC requests answered.", "method", "status", "transport");
    public static final Metric MCP_DURATION = histogram(
            "mcp_request_duration_seconds", "Time to answer a JSON-RPC request.", MCP_SECONDS, "method", "transport");
    public static final Metric MCP_REQUEST_SIZE =
            histogram("mcp_request_size_bytes", "Size of a JSON-RPC request.", SIZES, "method", "transport");
    public static final Metric MCP_RESPONSE_SIZE = histogram(
            "mcp_response_size_bytes", "Size of the answer to a JSON-RPC request.", SIZES, "method", "transport");
    public static final Metric MCP_CONNECTIONS =
            gauge("mcp_active_connections", "Response streams of /mcp that are open now.", "transport");
    public static final Metric MCP_CONNECTION_DURATION = histogram(
            "mcp_connection_duration_seconds",
            "How long a response stream of /mcp was open.",
            List.of(1.0, 5.0, 10.0, 30.0, 60.0, 300.0, 600.0, 1800.0, 3600.0),
            "transport");
    public static final Metric TOOL_EXECUTIONS =
            counter("mcp_tool_executions_total", "Tool executions.", "tool", "status", "category");
    public static final Metric TOOL_DURATION = histogram(
            "mcp_tool_execution_duration_seconds", "Time of a tool execution.", TOOL_SECONDS, "tool", "category");
    public static final Metric TOOL_ERRORS =
            counter("mcp_tool_errors_total", "Tool executions that failed.", "tool", "error_type", "category");
    public static final Metric UPSTREAM_CALLS =
            counter("ergograph_upstream_calls_total", "Calls to upstream servers.", "server", "tool", "status");
    public static final Metric UPSTREAM_CALL_DURATION = histogram(
            "ergograph_upstream_call_duration_seconds",
            "Time of a call to an upstream server.",
            UPSTREAM_SECONDS,
            "server",
            "tool");
    public static final Metric UPSTREAM_ERRORS = counter(
            "ergograph_upstream_errors_total",
            "Calls to upstream servers that failed.",
            "server",
            "tool",
            "error_type");
    public static final Metric UPSTREAM_REFUSALS = counter(
            "ergograph_upstream_refusals_total",
            "Calls not made to an upstream server, and requests of its own that were not granted.",
            "server",
            "reason");
    public static final Metric UPSTREAM_STATE = gauge(
            "ergograph_upstream_state",
            "1 for the state that an upstream server is in, 0 for others.",
            "server",
            "state");
    public static final Metric GATEWAY_ADDED = histogram(
            "ergograph_gateway_added_seconds",
            "Time that a call took beyond the wait for its upstream server.",
            List.of(0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5),
            "server");
    public static final Metric CACHE_REQUESTS =
            counter("ergograph_cache_requests_total", "Lookups in a cache.", "cache", "result");
    public static final Metric CACHE_ENTRIES = gauge("ergograph_cache_entries", "Entries in a cache.", "cache");
    public static final Metric CACHE_BYTES = gauge("ergograph_cache_bytes", "Size of a cache's entries.", "cache");
    public static final Metric CACHE_HIT_RATIO =
            gauge("ergograph_cache_hit_ratio", "Share of lookups that a cache answered, 0 to 1.", "cache");
    public static final Metric CACHE_PING =
            gauge("ergograph_cache_ping_seconds", "Time of the last ping of a cache's server.", "cache");
    public static final Metric METHOD_CALLS =
            counter("ergograph_method_calls_total", "Calls of methods annotated with @Monitored.", "name", "status");
    public static final Metric METHOD_DURATION = histogram(
            "ergograph_method_duration_seconds",
            "Time of a call of a method annotated with @Monitored.",
            HTTP_SECONDS,
            "name");

    public static final Metric CPU =
            gauge("mcp_cpu_usage_percent", "Processor use of the host or container, 0 to 100.");
    public static final Metric MEMORY =
            gauge("mcp_memory_usage_bytes", "Memory in use on the host or in the container.");
    public static final Metric DISK =
            gauge("mcp_disk_usage_bytes", "Bytes in use on the volume of the data directory.");
    public static final Metric HEAP_USED = gauge("mcp_heap_used_bytes", "Java heap in use.");
    public static final Metric HEAP_COMMITTED = gauge("mcp_heap_committed_bytes", "Java heap committed.");
    public static final Metric HEAP_MAX = gauge("mcp_heap_max_bytes", "Limit of the Java heap.");
    public static final Metric NON_HEAP_USED = gauge("mcp_non_heap_used_bytes", "Java memory in use outside the heap.");
    public static final Metric GC_PAUSE = histogram(
            "mcp_gc_pause_seconds",
            "Pauses of the garbage collectors.",
            List.of(0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0),
            "collector");
    public static final Metric NETWORK_RECEIVE =
            counter("mcp_network_receive_bytes_total", "Bytes received by the network interfaces, loopback apart.");
    public static final Metric NETWORK_TRANSMIT =
            counter("mcp_network_transmit_bytes_total", "Bytes sent by the network interfaces, loopback apart.");
    public static final Metric DISK_READ = counter("mcp_disk_read_bytes_total", "Bytes read from block devices.");
    public static final Metric DISK_WRITTEN =
            counter("mcp_disk_written_bytes_total", "Bytes written to block devices.");

    public static final Metric AUDIT_RECORDS =
            counter("ergograph_audit_records_total", "Audit records by what became of them.", "result");
    public static final Metric AUDIT_QUEUE_DEPTH =
            gauge("ergograph_audit_queue_depth", "Audit records that are not in the database yet.");
    public static final Metric AUDIT_LAG =
            gauge("ergograph_audit_lag_seconds", "Age of the oldest audit record that is not in the database yet.");
    public static final Metric ROLLUP_LAG = gauge(
            "ergograph_rollup_lag_seconds",
            "Age of the end of the last minute that is in the rollups, on the node that makes them.");
    public static final Metric ROLLUP_FAILURES =
            counter("ergograph_rollup_failures_total", "Runs of the rollups' merge that failed.");
    public static final Metric ALERTS_ACTIVE =
            gauge("ergograph_alerts_active", "Alerts that fire now, on the node that evaluates the rules.", "severity");
    public static final Metric ALERT_EVALUATIONS =
            counter("ergograph_alert_evaluations_total", "Evaluations of rules.", "result");
    public static final Metric ALERT_EVALUATION_LAG = gauge(
            "ergograph_alert_evaluation_lag_seconds",
            "How late the last evaluation of rules was, on the node that makes them.");
    public static final Metric SERIES_OVERFLOW =
            counter("ergograph_series_overflow_total", "Lookups of a series for which its kind had no room.", "kind");
    public static final Metric SINK_FAILURES =
            counter("ergograph_sink_failures_total", "Observations that a sink failed to take.", "sink");

    public static final Metric SCHEDULE_FAILURES =
            counter("ergograph_schedule_failures_total", "Runs of periodic work that failed or could not start.");

    public static final Metric DATABASE_REFUSALS = counter(
            "ergograph_database_refusals_total",
            "Requests answered 503 because the database failed, was late, or had too many waiting.",
            "reason");

    public static final Metric NOTIFICATIONS = counter(
            "ergograph_notifications_total",
            "Messages about alerts: sent, attempts that failed, given up (dead), held back by a rate limit,"
                    + " dropped because too many waited for the database.",
            "channel",
            "result");

    public static final Metric NOTIFICATION_BACKLOG = gauge(
            "ergograph_notification_backlog",
            "What waits to be told of alerts, as far as this node sends it: its own journal, and the database if it leads.");

    public static final Metric POOL_SIZE = gauge("ergograph_pool_size", "Connections that a pool has open.", "pool");
    public static final Metric POOL_IN_USE =
            gauge("ergograph_pool_in_use", "Connections of a pool that are in use now.", "pool");
    public static final Metric POOL_FREE =
            gauge("ergograph_pool_free", "Connections of a pool that are open and not in use.", "pool");
    public static final Metric POOL_WAITING =
            gauge("ergograph_pool_waiting", "Threads that wait for a connection of a pool now.", "pool");
    public static final Metric POOL_UTILIZATION = gauge(
            "ergograph_pool_utilization_ratio",
            "Connections of a pool in use, as a share of the most that it opens, 0 to 1.",
            "pool");
    public static final Metric POOL_WAIT = gauge(
            "ergograph_pool_wait_seconds",
            "The longest time that a connection of a pool was waited for in the last one or two sample intervals.",
            "pool");

    private Metrics() {}

    /** All of them, in the order of the README's table. */
    public static List<Metric> all() {
        return List.of(
                HTTP_REQUESTS,
                HTTP_DURATION,
                HTTP_REQUEST_SIZE,
                HTTP_RESPONSE_SIZE,
                HTTP_ACTIVE,
                REQUEST_ALLOCATED,
                DB_OPERATIONS,
                DB_DURATION,
                WORKFLOW_STEPS,
                WORKFLOW_STEP_DURATION,
                ACTIVE_WORKFLOWS,
                MCP_REQUESTS,
                MCP_DURATION,
                MCP_REQUEST_SIZE,
                MCP_RESPONSE_SIZE,
                MCP_CONNECTIONS,
                MCP_CONNECTION_DURATION,
                TOOL_EXECUTIONS,
                TOOL_DURATION,
                TOOL_ERRORS,
                UPSTREAM_CALLS,
                UPSTREAM_CALL_DURATION,
                UPSTREAM_ERRORS,
                UPSTREAM_REFUSALS,
                UPSTREAM_STATE,
                GATEWAY_ADDED,
                CACHE_REQUESTS,
                CACHE_ENTRIES,
                CACHE_BYTES,
                CACHE_HIT_RATIO,
                CACHE_PING,
                METHOD_CALLS,
                METHOD_DURATION,
                CPU,
                MEMORY,
                DISK,
                HEAP_USED,
                HEAP_COMMITTED,
                HEAP_MAX,
                NON_HEAP_USED,
                GC_PAUSE,
                NETWORK_RECEIVE,
                NETWORK_TRANSMIT,
                DISK_READ,
                DISK_WRITTEN,
                AUDIT_RECORDS,
                AUDIT_QUEUE_DEPTH,
                AUDIT_LAG,
                ROLLUP_LAG,
                ROLLUP_FAILURES,
                ALERTS_ACTIVE,
                ALERT_EVALUATIONS,
                ALERT_EVALUATION_LAG,
                SERIES_OVERFLOW,
                SINK_FAILURES,
                SCHEDULE_FAILURES,
                DATABASE_REFUSALS,
                NOTIFICATIONS,
                NOTIFICATION_BACKLOG,
                POOL_SIZE,
                POOL_IN_USE,
                POOL_FREE,
                POOL_WAITING,
                POOL_UTILIZATION,
                POOL_WAIT);
    }
}
