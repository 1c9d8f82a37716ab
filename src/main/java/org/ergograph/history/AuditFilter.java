package org.ergograph.history;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ergograph.observation.Kind;
import org.ergograph.observation.Labels;
import org.ergograph.web.QueryParameters;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of the audit log are asked for; null is no condition.
 *
 * @param from the earliest start, inclusive
 * @param to the latest start, exclusive
 * @param kind a kind's label
 * @param name the series' name
 * @param endpoint the route of an HTTP request
 * @param status the HTTP status code
 * @param outcome {@code success} or {@code error}
 * @param principal who asked
 * @param minDuration the shortest duration, inclusive
 * @param traceId 32 hexadecimal digits
 * @param node the node's name
 */
record AuditFilter(
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String kind,
        @Nullable String name,
        @Nullable String endpoint,
        @Nullable Integer status,
        @Nullable String outcome,
        @Nullable String principal,
        @Nullable Duration minDuration,
        @Nullable String traceId,
        @Nullable String node) {

    private static final List<String> KINDS =
            Arrays.stream(Kind.values()).map(Kind::label).toList();
    private static final Duration LONGEST = Duration.ofDays(365);

    /** Reads the parameters that are named like the components; faults are told by {@code parameters.check()}. */
    static AuditFilter read(QueryParameters parameters) {
        Instant from = parameters.instant("from");
        Instant to = parameters.instant("to");
        parameters.ordered("from", from, "to", to);
        int status = parameters.integer("status", 0, 100, 999);
        String traceId = parameters.text("traceId", 32);
        if (traceId != null && !traceId.matches("[0-9a-f]{32}")) {
            parameters.fault("traceId", traceId, "32 hexadecimal digits in lower case");
            traceId = null;
        }
        return new AuditFilter(
                from,
                to,
                parameters.oneOf("kind", KINDS),
                parameters.text("name", 450),
                parameters.text("endpoint", Labels.MAX_LENGTH),
                status == 0 ? null : status,
                parameters.oneOf("outcome", List.of("success", "error")),
                parameters.text("principal", Labels.MAX_LENGTH),
                parameters.duration("minDuration", LONGEST),
                traceId,
                parameters.text("node", Labels.MAX_LENGTH));
    }

    /** The conditions on a row {@code r} in the query language of JPA, each put into the list with its parameters. */
    Map<String, Object> conditions(List<String> conditions) {
        Map<String, Object> values = new HashMap<>();
        if (from != null) {
            condition(conditions, values, "r.startedAt >= :from", "from", from.atOffset(ZoneOffset.UTC));
        }
        if (to != null) {
            condition(conditions, values, "r.startedAt < :to", "to", to.atOffset(ZoneOffset.UTC));
        }
        if (status != null) {
            condition(conditions, values, "r.status = :status", "status", status);
        }
        if (outcome != null) {
            conditions.add(outcome.equals("error") ? "r.errorType <> 0" : "r.errorType = 0");
        }
        if (principal != null) {
            condition(
                    conditions,
                    values,
                    "r.principal in (select t.number from TermRow t where t.text = :principal)",
                    "principal",
                    Labels.sanitize(principal));
        }
        if (minDuration != null) {
            condition(conditions, values, "r.durationNanos >= :least", "least", minDuration.toNanos());
        }
        if (traceId != null) {
            condition(conditions, values, "r.traceIdLow = :low", "low", Long.parseUnsignedLong(traceId, 16, 32, 16));
            condition(conditions, values, "r.traceIdHigh = :high", "high", Long.parseUnsignedLong(traceId, 0, 16, 16));
        }
        if (node != null) {
            condition(
                    conditions,
                    values,
                    "r.node in (select n.number from NodeRow n where n.name = :node)",
                    "node",
                    Labels.sanitize(node));
        }
        series(conditions, values);
        return values;
    }

    private void series(List<String> conditions, Map<String, Object> values) {
        List<String> wanted = new java.util.ArrayList<>();
        if (kind != null) {
            condition(wanted, values, "s.kind = :kind", "kind", kind);
        }
        if (name != null) {
            condition(wanted, values, "s.name = :name", "name", name);
        }
        if (endpoint != null) {
            condition(wanted, values, "s.kind = 'http' and s.second = :endpoint", "endpoint", endpoint);
        }
        if (!wanted.isEmpty()) {
            conditions.add("r.series in (select s.number from SeriesRow s where " + String.join(" and ", wanted) + ")");
        }
    }

    private static void condition(
            List<String> conditions, Map<String, Object> values, String condition, String parameter, Object value) {
        conditions.add(condition);
        values.put(parameter, value);
    }
}
