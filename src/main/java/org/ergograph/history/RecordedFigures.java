package org.ergograph.history;

import java.time.Instant;
import java.util.OptionalDouble;

/**
 * What the rows of the audit log amount to. Immutable; times are seconds, and empty where there is no row.
 *
 * @param rows how many rows were looked at
 * @param errors how many of them were errors
 * @param oldest the start of the earliest row that was looked at; the end of the range where there is none
 * @param complete whether those were all rows of the range; else the newest ones
 */
public record RecordedFigures(
        long rows,
        long errors,
        OptionalDouble meanSeconds,
        OptionalDouble p50Seconds,
        OptionalDouble p95Seconds,
        OptionalDouble p99Seconds,
        OptionalDouble maxSeconds,
        Instant oldest,
        boolean complete) {}
