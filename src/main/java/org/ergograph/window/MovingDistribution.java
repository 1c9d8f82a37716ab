package org.ergograph.window;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * How durations were distributed in a stretch of time that moves on: parts are added at its end and dropped at its beginning,
 * each at the cost of that part alone. As exact as adding up what is left would be. Not thread-safe.
 */
public final class MovingDistribution {
    private final Deque<Distribution> parts = new ArrayDeque<>();
    private char[] buckets = new char[0];
    private long[] counts = new long[0];
    private long count;
    private long errors;
    private long sumNanos;
    private long minNanos;
    private long maxNanos;
    private int unbounded;
    private boolean boundsKnown = true;
    private @Nullable Distribution current = Distribution.empty();

    /** Makes one of nothing. */
    public MovingDistribution() {}

    /** Adds a part at the end. */
    public void add(Distribution part) {
        parts.add(part);
        if (part.count() > 0) {
            if (count == 0) {
                minNanos = part.minNanos();
                maxNanos = part.maxNanos();
                boundsKnown = true;
            } else if (boundsKnown) {
                minNanos = Math.min(minNanos, part.minNanos());
                maxNanos = Math.max(maxNanos, part.maxNanos());
            }
            count(part, 1);
        }
    }

    /**
     * Drops the part that was added first of those that are left.
     *
     * @throws java.util.NoSuchElementException if none is
     */
    public void dropFirst() {
        Distribution part = parts.remove();
        if (part.count() > 0) {
            // Whether another part reaches as far is only known by looking at them all.
            boundsKnown &= part.minNanos() > minNanos && part.maxNanos() < maxNanos;
            count(part, -1);
        }
    }

    private void count(Distribution part, int sign) {
        makeRoom(part);
        int at = 0;
        for (int i = 0; i < part.size(); i++) {
            while (buckets[at] < part.bucket(i)) {
                at++;
            }
            counts[at] += sign * part.countAt(i);
        }
        count += sign * part.count();
        errors += sign * part.errors();
        sumNanos += sign * part.sumNanos();
        unbounded += part.isBounded() ? 0 : sign;
        current = null;
    }

    private void makeRoom(Distribution part) {
        char[] merged = new char[buckets.length + part.size()];
        int size = 0;
        int mine = 0;
        for (int theirs = 0; theirs < part.size(); theirs++) {
            while (mine < buckets.length && buckets[mine] < part.bucket(theirs)) {
                merged[size++] = buckets[mine++];
            }
            if (mine < buckets.length && buckets[mine] == part.bucket(theirs)) {
                mine++;
            }
            merged[size++] = part.bucket(theirs);
        }
        while (mine < buckets.length) {
            merged[size++] = buckets[mine++];
        }
        if (size == buckets.length) {
            return;
        }
        char[] grown = Arrays.copyOf(merged, size);
        long[] moved = new long[size];
        for (int i = 0, at = 0; i < buckets.length; i++) {
            while (grown[at] < buckets[i]) {
                at++;
            }
            moved[at] = counts[i];
        }
        buckets = grown;
        counts = moved;
    }

    /** How many observations. */
    public long count() {
        return count;
    }

    /** Everything that was added and not dropped. */
    public Distribution distribution() {
        Distribution known = current;
        if (known == null) {
            known = compact();
            current = known;
        }
        return known;
    }

    private Distribution compact() {
        int used = 0;
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] != 0) {
                buckets[used] = buckets[i];
                counts[used++] = counts[i];
            }
        }
        buckets = Arrays.copyOf(buckets, used);
        counts = Arrays.copyOf(counts, used);
        if (count == 0) {
            return Distribution.empty();
        }
        if (!boundsKnown) {
            findBounds();
        }
        return new Distribution(
                buckets.clone(),
                counts.clone(),
                count,
                Math.min(errors, count),
                sumNanos,
                minNanos,
                maxNanos,
                unbounded == 0);
    }

    private void findBounds() {
        minNanos = Long.MAX_VALUE;
        maxNanos = Long.MIN_VALUE;
        for (Distribution part : parts) {
            if (part.count() > 0) {
                minNanos = Math.min(minNanos, part.minNanos());
                maxNanos = Math.max(maxNanos, part.maxNanos());
            }
        }
        boundsKnown = true;
    }
}
