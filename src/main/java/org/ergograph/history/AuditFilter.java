package org.ergograph.history;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.ergograph.history.names.SeriesFilter;
import org.ergograph.observation.Labels;
import org.ergograph.web.QueryParameters;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of the audit log are asked for; null is no condition. Immutable.
 *
 * @param from the earliest start, inclusive
 * @param to the latest start, exclusive
 * @param series which series
 * @param status the HTTP status code
 * @param outcome {@code success} or {@code error}
 * @param errorType what an error is an instance of
 * @param principal who asked
 * @param minDuration the shortest duration, inclusive
 * @param traceId 32 hexadecimal digits
 * @param node the node's name
 */
record AuditFilter(
        @Nullable Instant from,
        @Nullable Instant to,
        SeriesFilter series,
        @Nullable Integer status,
        @Nullable String outcome,
        @Nullable String errorType,
        @Nullable String principal,
        @Nullable Duration minDuration,
        @Nullable String traceId,
        @Nullable String node) {

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
                SeriesFilter.read(parameters, SeriesFilter.KINDS),
                status == 0 ? null : status,
                parameters.oneOf("outcome", List.of("success", "error")),
                parameters.text("errorType", Labels.MAX_LENGTH),
                parameters.text("principal", Labels.MAX_LENGTH),
                parameters.duration("minDuration", LONGEST),
                traceId,
                parameters.text("node", Labels.MAX_LENGTH));
    }
}
