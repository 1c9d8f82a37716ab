package org.ergograph.observation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Makes the series, and bounds them: each kind has at most a given number of them, and whatever comes after shares one
 * series whose attributes are all {@value #OTHER} and is counted. Attribute values are sanitised by {@link Labels}.
 * Thread-safe.
 */
public final class SeriesRegistry {
    /** The attribute value of the series that takes what a kind has no room for. */
    public static final String OTHER = "other";

    private record Key(Kind kind, List<String> values) {}

    private static final class Room {
        final AtomicInteger used = new AtomicInteger();
        final LongAdder overflow = new LongAdder();
        final Series other;

        Room(Series other) {
            this.other = other;
        }
    }

    private final int maxPerKind;
    private final AtomicInteger nextId = new AtomicInteger();
    private final Map<Key, Series> series = new ConcurrentHashMap<>();
    private final Map<Kind, Room> rooms = new EnumMap<>(Kind.class);

    /**
     * @param maxPerKind how many series each kind may have beside {@value #OTHER}, at least 1
     * @throws IllegalArgumentException if {@code maxPerKind} is below 1
     */
    public SeriesRegistry(int maxPerKind) {
        if (maxPerKind < 1) {
            throw new IllegalArgumentException("maxPerKind is " + maxPerKind + ": must be at least 1");
        }
        this.maxPerKind = maxPerKind;
        for (Kind kind : Kind.values()) {
            List<String> others = Collections.nCopies(kind.attributes().size(), OTHER);
            Series other = new Series(nextId.getAndIncrement(), kind, others);
            rooms.put(kind, new Room(other));
            series.put(new Key(kind, others), other);
        }
    }

    /**
     * The series of these attribute values, or the kind's {@value #OTHER} if the kind is full. Not for the hot path: it
     * looks up by text.
     *
     * @param values one for each of {@link Kind#attributes()}
     * @throws IllegalArgumentException if there are more or fewer values than the kind has attributes
     */
    public Series resolve(Kind kind, String... values) {
        if (values.length != kind.attributes().size()) {
            throw new IllegalArgumentException(
                    "%d values for %s: must be %s".formatted(values.length, kind.label(), kind.attributes()));
        }
        List<String> clean = new ArrayList<>(values.length);
        for (String value : values) {
            clean.add(Labels.sanitize(value));
        }
        Key key = new Key(kind, clean);
        Series known = series.get(key);
        if (known != null) {
            return known;
        }
        Room room = room(kind);
        if (room.used.get() >= maxPerKind) {
            room.overflow.increment();
            return room.other;
        }
        // The count may pass the limit only by losers of a race, which give their place back.
        if (room.used.incrementAndGet() > maxPerKind) {
            room.used.decrementAndGet();
            room.overflow.increment();
            return room.other;
        }
        Series mine = new Series(nextId.getAndIncrement(), kind, clean);
        Series winner = series.putIfAbsent(key, mine);
        if (winner != null) {
            room.used.decrementAndGet();
            return winner;
        }
        return mine;
    }

    /** How often {@link #resolve} had to answer {@value #OTHER} for this kind. */
    public long overflow(Kind kind) {
        return room(kind).overflow.sum();
    }

    /** How many series there are now, those for what has no room included. */
    public int size() {
        return series.size();
    }

    private Room room(Kind kind) {
        Room room = rooms.get(kind);
        if (room == null) {
            throw new IllegalStateException("no room for " + kind);
        }
        return room;
    }
}
