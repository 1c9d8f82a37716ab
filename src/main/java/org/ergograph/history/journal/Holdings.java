package org.ergograph.history.journal;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a journal holds: its runs, their segments, who needs them, and what was lost. Thread-safe; never waits for a file. */
final class Holdings {
    private static final System.Logger LOG = System.getLogger(Holdings.class.getName());

    private final long maxBytes;
    private final List<Run> runs;
    private final Run current;

    /** Segments that are no longer wanted, whose files are still there. */
    private final List<Segment> unwanted = new ArrayList<>();

    private long bytes;
    private long dropped;
    private long damaged;
    private long badBlocks;
    private boolean dropTold;

    /** How far blocks go in a segment, and whether that is for good. */
    record Extent(long end, long limit, boolean complete) {}

    /**
     * Makes the list.
     *
     * @param earlier runs, oldest first
     */
    Holdings(long maxBytes, List<Run> earlier, Run current) {
        this.maxBytes = maxBytes;
        this.current = current;
        runs = new ArrayList<>(earlier);
        runs.add(current);
        earlier.forEach(run -> run.segments.forEach(segment -> bytes += segment.size));
    }

    synchronized List<JournalRun> runs() {
        return runs.stream()
                .map(run -> new JournalRun(run.id, run.first(), run.openedAt, run.current))
                .toList();
    }

    synchronized JournalState state() {
        long backlog = runs.stream().mapToLong(Run::backlog).sum();
        return new JournalState(bytes, maxBytes, backlog, dropped, damaged, badBlocks);
    }

    synchronized boolean holds(long run) {
        return run(run).isPresent();
    }

    private Optional<Run> run(long id) {
        return runs.stream().filter(run -> run.id == id).findFirst();
    }

    // The writer's side.

    synchronized void add(Segment segment) {
        current.segments.add(segment);
        bytes += segment.size;
    }

    synchronized void resize(Segment segment, long end, long limit, long size) {
        bytes += size - segment.size;
        segment.size = size;
        segment.end = end;
        segment.limit = limit;
    }

    synchronized void complete(Segment segment) {
        segment.complete = true;
        discardReleased(current);
    }

    /** Takes a segment of the current run out, as one of which nothing is kept. */
    synchronized void remove(Segment segment) {
        current.segments.remove(segment);
        discard(segment);
    }

    /** Whether so many bytes are within the bound if there is nothing else. */
    boolean hasRoomAtAll(long all) {
        return all <= maxBytes;
    }

    /** Whether so many bytes more are within the bound. */
    synchronized boolean hasRoom(long more) {
        if (bytes < maxBytes / 2) {
            dropTold = false;
        }
        return bytes + more <= maxBytes;
    }

    /** Takes out the oldest segment that is complete and not pinned; false if there is none. */
    synchronized boolean dropOldest() {
        for (Run run : runs) {
            for (Segment segment : run.segments) {
                if (segment.complete && !run.isPinned(segment)) {
                    drop(run, segment);
                    return true;
                }
            }
        }
        return false;
    }

    private void drop(Run run, Segment segment) {
        long lost = run.unreleased(segment);
        run.drop(segment);
        run.segments.remove(segment);
        discard(segment);
        forgetIfEmpty(run);
        dropped += lost;
        if (lost > 0 && !dropTold) {
            dropTold = true;
            LOG.log(
                    System.Logger.Level.ERROR,
                    "The journal holds {0} bytes and may not hold more: the oldest records that are not in the"
                            + " database are dropped, {1} so far",
                    bytes,
                    dropped);
        }
    }

    // The committer's side.

    synchronized void release(long id, long before) {
        run(id).ifPresent(run -> {
            run.release(before);
            discardReleased(run);
            forgetIfEmpty(run);
        });
    }

    private void discardReleased(Run run) {
        Iterator<Segment> segments = run.segments.iterator();
        while (segments.hasNext()) {
            Segment segment = segments.next();
            if (segment.complete && segment.end <= run.released) {
                segments.remove();
                discard(segment);
            }
        }
    }

    private void forgetIfEmpty(Run run) {
        if (!run.current && run.segments.isEmpty()) {
            runs.remove(run);
        }
    }

    /** Keeps records below {@code before} from being dropped until they are released; false if any of them were. */
    synchronized boolean pin(long id, long first, long before) {
        return run(id).map(run -> {
                    if (run.isDropped(first, before)) {
                        return false;
                    }
                    run.pinned = Math.max(run.pinned, before);
                    return true;
                })
                .orElse(false);
    }

    /** The first segment of a run after {@code number} that may have records at or after {@code from}. */
    synchronized @Nullable Segment after(long id, int number, long from) {
        return run(id).stream()
                .flatMap(run -> run.segments.stream())
                .filter(segment -> segment.name.number() > number && (segment.end > from || !segment.complete))
                .findFirst()
                .orElse(null);
    }

    synchronized Extent extent(Segment segment) {
        return new Extent(segment.end, segment.limit, segment.complete);
    }

    /** Counts records that could not be read back, once; false if the segment is no longer wanted, so none are lost. */
    synchronized boolean lost(Segment segment, long from, long before) {
        Run run = run(segment.name.run())
                .filter(found -> found.segments.contains(segment))
                .orElse(null);
        if (run == null) {
            return false;
        }
        long records = before - Math.max(from, run.damageCounted);
        if (records > 0) {
            run.damageCounted = before;
            damaged += records;
            badBlocks++;
            tell(segment, records);
        }
        return true;
    }

    private static void tell(Segment segment, long records) {
        if (!segment.damageTold) {
            segment.damageTold = true;
            LOG.log(
                    System.Logger.Level.ERROR,
                    "{0} is damaged: {1} records of it are lost",
                    segment.name.file(),
                    records);
        }
    }

    // Files.

    private void discard(Segment segment) {
        segment.complete = true;
        unwanted.add(segment);
    }

    /** Segments whose files are to be deleted. */
    synchronized List<Segment> unwanted() {
        return List.copyOf(unwanted);
    }

    synchronized void deleted(Segment segment) {
        if (unwanted.remove(segment)) {
            bytes -= segment.size;
        }
    }

    /** Lets go of the current run's last segment if all of it is released: nothing will be appended any more. */
    synchronized void close() {
        current.segments.forEach(segment -> segment.complete = true);
        discardReleased(current);
    }
}
