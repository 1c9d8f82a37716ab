package org.ergograph.history.journal;

/**
 * A block as it was appended.
 *
 * @param run the run that it belongs to
 * @param first the sequence number of its first record
 * @param records how many records it has, at least 1
 * @param payload its bytes; nobody else keeps the array
 */
// A carrier from reader to caller, never compared.
@SuppressWarnings("ArrayRecordComponent")
public record JournalBlock(long run, long first, int records, byte[] payload) {
    /** The sequence number after its last record. */
    public long end() {
        return first + records;
    }
}
