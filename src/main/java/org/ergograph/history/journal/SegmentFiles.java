package org.ergograph.history.journal;

import java.io.IOException;

/** Deletes the files of segments that are no longer wanted. Thread-safe. */
final class SegmentFiles {
    private final JournalFiles files;
    private final Holdings holdings;

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
        boolean any = false;
        for (Segment segment : holdings.unwanted()) {
            files.delete(segment.name.file());
            holdings.deleted(segment);
            any = true;
        }
        if (any) {
            files.syncDirectory();
        }
    }
}
