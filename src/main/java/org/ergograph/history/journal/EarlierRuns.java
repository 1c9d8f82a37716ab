package org.ergograph.history.journal;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds what earlier runs left in the directory, and removes files in which there are no records. */
final class EarlierRuns {
    private final JournalFiles files;
    private boolean removed;

    /** A file as it was found. */
    private record Found(SegmentName name, @Nullable SegmentHeader header, long size) {}

    /** What the frames of a file say, without its header: {@code first} is -1 if there is no sound one. */
    private record Scanned(long first, long end) {}

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
        long previousEnd = -1;
        for (int i = segments.size() - 1; i >= 0; i--) {
            Found found = segments.get(i);
            Segment segment = segment(found, previousEnd);
            if (segment.first < segment.end) {
                run.segments.add(segment);
                previousEnd = found.header() == null ? -1 : found.header().previousEnd();
            } else {
                files.delete(found.name().file());
                removed = true;
            }
        }
        Collections.reverse(run.segments);
        return run;
    }

    private Segment segment(Found found, long knownEnd) throws IOException {
        SegmentHeader header = found.header();
        Scanned scanned = header == null || knownEnd < 0 ? scan(found) : new Scanned(header.first(), knownEnd);
        long first = header == null ? scanned.first() : header.first();
        long end = knownEnd < 0 ? scanned.end() : knownEnd;
        return new Segment(found.name(), first, end, found.size(), true);
    }

    private Scanned scan(Found found) throws IOException {
        try (JournalFile file = files.open(found.name().file())) {
            FrameScanner scanner = new FrameScanner(file, found.name().run());
            long first = -1;
            long end = -1;
            FrameScanner.Found next = scanner.next(SegmentHeader.BYTES, found.size(), 0);
            while (next != null) {
                first = first < 0 ? next.frame().first() : first;
                end = next.frame().end();
                next = scanner.next(next.endOffset(), found.size(), end);
            }
            return new Scanned(first, end);
        }
    }
}
