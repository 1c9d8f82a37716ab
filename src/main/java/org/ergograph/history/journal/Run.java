package org.ergograph.history.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A run and its segments as {@link Holdings} knows them, which guards all of it. */
final class Run {
    final long id;
    final Instant openedAt;
    final boolean current;

    /** In the order in which they were written. */
    final List<Segment> segments = new ArrayList<>();

    /** Everything below was released. */
    long released;

    /** Records from {@link #released} to here are in the committer's hands. */
    long pinned;

    /** Damage below was counted. */
    long damageCounted;

    /** What went to make room and was not released: from, to. */
    private final NavigableMap<Long, Long> dropped = new TreeMap<>();

    Run(long id, Instant openedAt, boolean current) {
        this.id = id;
        this.openedAt = openedAt;
        this.current = current;
    }

    /** The first sequence number that may still be in the files. */
    long first() {
        return segments.isEmpty() ? released : Math.max(released, segments.get(0).first);
    }

    /** Records in the files that are not released. */
    long backlog() {
        return segments.stream().mapToLong(this::unreleased).sum();
    }

    long unreleased(Segment segment) {
        return Math.max(0, segment.end - Math.max(segment.first, released));
    }

    boolean isPinned(Segment segment) {
        return segment.first < pinned && segment.end > released;
    }

    void drop(Segment segment) {
        long from = Math.max(segment.first, released);
        if (from < segment.end) {
            Map.Entry<Long, Long> before = dropped.floorEntry(from);
            boolean joins = before != null && before.getValue() >= from;
            dropped.merge(joins ? before.getKey() : from, segment.end, Math::max);
        }
    }

    /** Whether any record of the range was dropped. */
    boolean isDropped(long from, long before) {
        Map.Entry<Long, Long> last = dropped.lowerEntry(before);
        return last != null && last.getValue() > from;
    }

    void release(long before) {
        released = Math.max(released, before);
        while (!dropped.isEmpty() && dropped.firstEntry().getValue() <= released) {
            dropped.pollFirstEntry();
        }
    }
}
