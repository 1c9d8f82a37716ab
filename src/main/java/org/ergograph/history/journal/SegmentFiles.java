package org.ergograph.history.journal;

import java.io.IOException;

/** Deletes the files of segments that are no longer wanted. Thread-safe. */
final class SegmentFiles {
    private final JournalFiles files;
    private final Holdings holdings;

    /** Whether the directory on the device may have files that were deleted. */
    private volatile boolean changed;

    SegmentFiles(JournalFiles files, Holdings holdings) {
        this.files = files;
        this.holdings = holdings;
    }

    /**
     * Deletes what is not wanted, for good.
     *
     * @throws IOException if a file could not be deleted; it is tried again the next time, and takes room until then
     */
    void sweep() throws IOException {
        for (Segment segment : holdings.unwanted()) {
            files.delete(segment.name.file());
            changed = true;
            holdings.deleted(segment);
        }
        if (changed) {
            changed = false;
            try {
                files.syncDirectory();
            } catch (IOException e) {
                changed = true;
                throw e;
            }
        }
    }
}
