package org.ergograph.window;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sorts durations into groups and adds up how each group's were distributed. A duration costs a few words and no lookup, a
 * group as much as one more duration; the distributions are made at the end, one after the other. Not thread-safe.
 */
public final class DistributionGroups {
    /** How many groups there may be. */
    public static final int MAX_GROUPS = 1 << 19;

    /** Takes a group's distribution. */
    public interface Taker {
        void take(int group, Distribution distribution);
    }

    private static final int BUCKET_BITS = Integer.numberOfTrailingZeros(Buckets.COUNT);

    private final Tally tally = new Tally();
    private final List<Integer> wholeGroups = new ArrayList<>();
    private final List<Distribution> wholes = new ArrayList<>();
    private int groups;
    private int size;
    /** Group and bucket of each duration, in the order in which they came. */
    private int[] durations = new int[1024];

    private int[] counts = new int[64];
    private long[] errors = new long[64];
    private long[] sums = new long[64];
    private long[] mins = new long[64];
    private long[] maxes = new long[64];

    /**
     * Opens a group.
     *
     * @return its number: 0, 1, 2, ...
     * @throws IllegalStateException if there are {@link #MAX_GROUPS} already
     */
    public int open() {
        if (groups == MAX_GROUPS) {
            throw new IllegalStateException("more than " + MAX_GROUPS + " groups of durations");
        }
        if (groups == counts.length) {
            counts = Arrays.copyOf(counts, groups * 2);
            errors = Arrays.copyOf(errors, groups * 2);
            sums = Arrays.copyOf(sums, groups * 2);
            mins = Arrays.copyOf(mins, groups * 2);
            maxes = Arrays.copyOf(maxes, groups * 2);
        }
        counts[groups] = 0;
        errors[groups] = 0;
        sums[groups] = 0;
        mins[groups] = Long.MAX_VALUE;
        maxes[groups] = 0;
        return groups++;
    }

    /** Adds a duration to an open group. A negative one counts as none at all. */
    public void add(int group, long durationNanos, boolean error) {
        if (size == durations.length) {
            durations = Arrays.copyOf(durations, size * 2);
        }
        long nanos = Math.max(0, durationNanos);
        durations[size++] = group << BUCKET_BITS | Buckets.of(nanos);
        counts[group]++;
        errors[group] += error ? 1 : 0;
        sums[group] += nanos;
        mins[group] = Math.min(mins[group], nanos);
        maxes[group] = Math.max(maxes[group], nanos);
    }

    /** Adds all that is in the distribution to an open group. */
    public void add(int group, Distribution distribution) {
        wholeGroups.add(group);
        wholes.add(distribution);
    }

    /** Gives away every group's distribution, in the order of the groups; empty ones too. Changes nothing. */
    public void forEach(Taker taker) {
        int[] ends = new int[groups];
        int[] sorted = sortedByGroup(ends);
        int[] firstWhole = new int[groups];
        int[] nextWhole = new int[wholes.size()];
        Arrays.fill(firstWhole, -1);
        for (int i = nextWhole.length - 1; i >= 0; i--) {
            int group = wholeGroups.get(i);
            nextWhole[i] = firstWhole[group];
            firstWhole[group] = i;
        }
        for (int group = 0; group < groups; group++) {
            for (int i = ends[group] - counts[group]; i < ends[group]; i++) {
                tally.add(sorted[i], 1);
            }
            tally.addTotals(errors[group], sums[group]);
            if (counts[group] > 0) {
                tally.addBounds(mins[group], maxes[group]);
            }
            for (int i = firstWhole[group]; i >= 0; i = nextWhole[i]) {
                wholes.get(i).addTo(tally);
            }
            taker.take(group, tally.takeDistribution());
        }
    }

    /** The buckets group by group; where each group's end is left in {@code ends}. */
    private int[] sortedByGroup(int[] ends) {
        int at = 0;
        for (int group = 0; group < groups; group++) {
            ends[group] = at;
            at += counts[group];
        }
        int[] sorted = new int[size];
        for (int i = 0; i < size; i++) {
            sorted[ends[durations[i] >>> BUCKET_BITS]++] = durations[i] & (Buckets.COUNT - 1);
        }
        return sorted;
    }

    /** Forgets groups and durations. */
    public void clear() {
        groups = 0;
        size = 0;
        wholeGroups.clear();
        wholes.clear();
    }
}
