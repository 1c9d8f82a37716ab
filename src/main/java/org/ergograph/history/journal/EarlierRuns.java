package org.ergograph.history.journal;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds what earlier runs left in the directory, and removes files in which there are no records. */
final class EarlierRuns {
    private static final long UNKNOWN = -1;

    private final JournalFiles files;
    private boolean removed;

    /** A file as it was found. */
    private record Found(SegmentName name, @Nullable SegmentHeader header, long size) {}

    private EarlierRuns(JournalFiles files) {
        this.files = files;
    }

    /**
     * The names of all segments, in the order of writing.
     *
     * @throws IOException if the directory could not be read
     */
    static List<SegmentName> names(JournalFiles files) throws IOException {
        return files.list().stream()
                .map(SegmentName::parse)
                .flatMap(Optional::stream)
                .sorted()
                .toList();
    }

    /**
     * The runs, oldest first.
     *
     * @throws IOException if a segment is of another version, before any file is touched; or one could not be read
     */
    static List<Run> find(JournalFiles files, List<SegmentName> names) throws IOException {
        EarlierRuns runs = new EarlierRuns(files);
        List<Found> all = new ArrayList<>();
        for (SegmentName name : names) {
            try (JournalFile file = files.open(name.file())) {
                all.add(new Found(name, SegmentHeader.read(file, name), file.size()));
            }
        }
        Map<SegmentName, List<Found>> byRun = all.stream()
                .collect(Collectors.groupingBy(
                        found -> new SegmentName(
                                found.name().opening(), found.name().run(), 0),
                        TreeMap::new,
                        Collectors.toList()));
        List<Run> found = new ArrayList<>();
        for (List<Found> segments : byRun.values()) {
            Run run = runs.run(segments);
            if (!run.segments.isEmpty()) {
                found.add(run);
            }
        }
        if (runs.removed) {
            files.syncDirectory();
        }
        return found;
    }

    private Run run(List<Found> segments) throws IOException {
        Instant openedAt = segments.stream()
                .map(Found::header)
                .filter(Objects::nonNull)
                .map(SegmentHeader::openedAt)
                .findFirst()
                .orElse(Instant.EPOCH);
        Run run = new Run(segments.get(0).name().run(), openedAt, false);
        // From the last, because where a segment ends is in the header of the one after it.
        long known = UNKNOWN;
        for (int i = segments.size() - 1; i >= 0; i--) {
            Found found = segments.get(i);
            SegmentHeader header = found.header();
            long first = header == null ? 0 : header.first();
            long end = known == UNKNOWN ? scannedEnd(found) : known;
            if (first < end) {
                run.segments.add(0, new Segment(found.name(), first, end, found.size(), true));
                known = header == null ? UNKNOWN : header.previousEnd();
            } else {
                files.delete(found.name().file());
                removed = true;
            }
        }
        startUnknownWhereTheOneBeforeEnds(run.segments);
        return run;
    }

    /** A segment whose header is damaged is taken to begin where the one before it ends; the first, at 0. */
    private static void startUnknownWhereTheOneBeforeEnds(List<Segment> segments) {
        for (int i = 1; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            if (segment.first == 0) {
                long first = segments.get(i - 1).end;
                segments.set(i, new Segment(segment.name, first, segment.end, segment.limit, true));
            }
        }
    }

    /** The sequence number after the last sound block; 0 if there is none. */
    private long scannedEnd(Found found) throws IOException {
        try (JournalFile file = files.open(found.name().file())) {
            FrameScanner scanner = new FrameScanner(file, found.name().run());
            long end = 0;
            FrameScanner.Found next = scanner.next(SegmentHeader.BYTES, found.size(), 0);
            while (next != null) {
                end = next.frame().end();
                next = scanner.next(next.endOffset(), found.size(), end);
            }
            return end;
        }
    }
}
