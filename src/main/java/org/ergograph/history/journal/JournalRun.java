package org.ergograph.history.journal;

import java.time.Instant;

/**
 * One opening of a journal and what was appended until it was closed, or its process ended.
 *
 * @param id random and positive
 * @param first the first sequence number that may still be in the files; all below were released or dropped
 * @param openedAt by the clock of that time, which may have been wrong: it tells no order
 * @param current whether it is the one that is open now
 */
public record JournalRun(long id, long first, Instant openedAt, boolean current) {}
