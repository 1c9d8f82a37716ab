package org.ergograph.history;

import java.time.Duration;

/**
 * How long the record is kept.
 *
 * @param audit how long rows of the audit log are kept at least; on PostgreSQL whole days of UTC go
 */
public record RetentionSettings(Duration audit) {}
