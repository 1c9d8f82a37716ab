package org.ergograph.history.journal;

/**
 * Figures of a journal at one instant. Counts are since it was opened.
 *
 * @param bytes what its files hold
 * @param maxBytes what they may hold
 * @param backlog records in the files that are not released
 * @param droppedRecords records that were not released when their segment went to make room
 * @param damagedRecords records that could not be read back: of bad blocks, or of files that are gone
 * @param badBlocks stretches of damage in which records were lost
 */
public record JournalState(
        long bytes, long maxBytes, long backlog, long droppedRecords, long damagedRecords, long badBlocks) {}
