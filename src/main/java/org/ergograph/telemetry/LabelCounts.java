package org.ergograph.telemetry;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ObjLongConsumer;
import org.ergograph.observation.SeriesRegistry;

/** Counts by the value of a label, at most so many values; the rest share {@code other}. Thread-safe; takes a lock
 * for a value that is new, and no other. */
final class LabelCounts {
    private static final class Entry {
        final String label;
        final LongAdder count = new LongAdder();
        /** What {@link #drain} has handed over; its thread's only. */
        long drained;

        Entry(String label) {
            this.label = label;
        }
    }

    private final int max;
    private volatile Entry[] entries = new Entry[0];

    LabelCounts(int max) {
        this.max = max;
    }

    void increment(String label) {
        entry(label).count.increment();
    }

    private Entry entry(String label) {
        Entry[] known = entries;
        for (Entry entry : known) {
            if (entry.label.equals(label)) {
                return entry;
            }
        }
        return known.length < max || label.equals(SeriesRegistry.OTHER) ? add(label) : entry(SeriesRegistry.OTHER);
    }

    // Once a label; copied, so that those who read need no lock.
    private synchronized Entry add(String label) {
        Entry[] known = entries;
        for (Entry entry : known) {
            if (entry.label.equals(label)) {
                return entry;
            }
        }
        Entry mine = new Entry(label);
        Entry[] more = Arrays.copyOf(known, known.length + 1);
        more[known.length] = mine;
        entries = more;
        return mine;
    }

    /** Hands over what was counted since the last time, by label; by one thread at a time. */
    long drain(ObjLongConsumer<String> reader) {
        long total = 0;
        for (Entry entry : entries) {
            long delta = entry.count.sum() - entry.drained;
            if (delta > 0) {
                entry.drained += delta;
                total += delta;
                reader.accept(entry.label, delta);
            }
        }
        return total;
    }
}
