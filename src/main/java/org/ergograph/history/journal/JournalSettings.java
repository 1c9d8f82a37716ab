package org.ergograph.history.journal;

/**
 * How large a journal may become.
 *
 * @param maxBytes what all its files together may hold; at least two segments
 * @param segmentBytes at this size a file is finished and the next one begun; at least 1 KiB. A block that is larger has
 *     a file of its own
 */
public record JournalSettings(long maxBytes, int segmentBytes) {
    private static final int USUAL_SEGMENT_BYTES = 8 << 20;
    private static final int SEGMENTS = 16;
    private static final int MIN_SEGMENT_BYTES = 1 << 10;

    /** Checks the limits. */
    public JournalSettings {
        if (segmentBytes < MIN_SEGMENT_BYTES) {
            throw new IllegalArgumentException(
                    "segmentBytes is %d: must be at least %d".formatted(segmentBytes, MIN_SEGMENT_BYTES));
        }
        if (maxBytes < 2L * segmentBytes) {
            throw new IllegalArgumentException(
                    "maxBytes is %d: must be at least two segments of %d".formatted(maxBytes, segmentBytes));
        }
    }

    /** Segments of 8 MiB, or a sixteenth of {@code maxBytes} if that is less. */
    public static JournalSettings of(long maxBytes) {
        return new JournalSettings(maxBytes, (int) Math.min(USUAL_SEGMENT_BYTES, maxBytes / SEGMENTS));
    }
}
