package org.ergograph.window;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Counts of one series as some of the threads saw them, to be taken out whole: what is recorded is in what is taken either
 * completely or not at all. There are two sets of counts; taking turns recorders to the other set, and takes the first once
 * the last of them has left it. Recording is wait-free but for a new minimum or maximum, which is tried until it is in or
 * outdone; taking never waits, and is one thread's business.
 */
final class TallyStripe {
    private static final VarHandle ENTERED = handle("entered", long.class);
    private static final VarHandle COUNT = MethodHandles.arrayElementVarHandle(int[].class);
    private static final VarHandle TOTAL = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle PAGE = MethodHandles.arrayElementVarHandle(int[][].class);
    private static final int LEFT = 0;
    private static final int SUM = 1;
    private static final int ERRORS = 2;
    private static final int MIN = 3;
    private static final int MAX = 4;

    private static final class Counts {
        final int[] @Nullable [] pages = new int[Buckets.PAGES][];
        // In the middle of their array, so that no neighbour on the heap shares their cache line.
        final long[] totals = new long[24];

        Counts() {
            clear(0);
        }

        void clear(long left) {
            totals[at(SUM)] = 0;
            totals[at(ERRORS)] = 0;
            totals[at(MIN)] = Long.MAX_VALUE;
            totals[at(MAX)] = Long.MIN_VALUE;
            TOTAL.setRelease(totals, at(LEFT), left);
        }
    }

    private final Counts even = new Counts();
    private final Counts odd = new Counts();
    /** How many have begun to record since the last turn, from 0 in the even set and from the smallest number in the odd. */
    private volatile long entered;
    /** The set that is to be taken once as many have left it as had begun; null if there is none. */
    private @Nullable Counts turned;

    private long begun;

    private static VarHandle handle(String name, Class<?> type) {
        try {
            return MethodHandles.lookup().findVarHandle(TallyStripe.class, name, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static int at(int total) {
        return 8 + total;
    }

    void record(long nanos, boolean error) {
        Counts counts = (long) ENTERED.getAndAdd(this, 1L) < 0 ? odd : even;
        try {
            int bucket = Buckets.of(nanos);
            int[] page = counts.pages[bucket >>> 6];
            if (page == null) {
                page = page(counts, bucket >>> 6);
            }
            COUNT.getAndAdd(page, bucket & (Buckets.PAGE - 1), 1);
            long[] totals = counts.totals;
            TOTAL.getAndAdd(totals, at(SUM), nanos);
            if (error) {
                TOTAL.getAndAdd(totals, at(ERRORS), 1L);
            }
            long min = (long) TOTAL.getOpaque(totals, at(MIN));
            while (nanos < min && !TOTAL.weakCompareAndSet(totals, at(MIN), min, nanos)) {
                min = (long) TOTAL.getOpaque(totals, at(MIN));
            }
            long max = (long) TOTAL.getOpaque(totals, at(MAX));
            while (nanos > max && !TOTAL.weakCompareAndSet(totals, at(MAX), max, nanos)) {
                max = (long) TOTAL.getOpaque(totals, at(MAX));
            }
        } finally {
            TOTAL.getAndAdd(counts.totals, at(LEFT), 1L);
        }
    }

    private static int[] page(Counts counts, int number) {
        int[] fresh = new int[Buckets.PAGE];
        int[] winner = (int[]) PAGE.compareAndExchange(counts.pages, number, (int[]) null, fresh);
        return winner == null ? fresh : winner;
    }

    /** Adds to the tally what was recorded since the last turn, unless somebody is still at it: then the next time. */
    void take(Tally tally) {
        Counts taken = turned;
        if (taken == null) {
            long now = entered;
            if (now == 0 || now == Long.MIN_VALUE) {
                return;
            }
            taken = now < 0 ? odd : even;
            Counts next = now < 0 ? even : odd;
            long first = now < 0 ? 0 : Long.MIN_VALUE;
            next.clear(first);
            begun = (long) ENTERED.getAndSet(this, first);
            turned = taken;
        }
        if ((long) TOTAL.getVolatile(taken.totals, at(LEFT)) == begun) {
            add(taken, tally);
            turned = null;
        }
    }

    private static void add(Counts taken, Tally tally) {
        for (int number = 0; number < Buckets.PAGES; number++) {
            int[] page = taken.pages[number];
            if (page != null) {
                for (int i = 0; i < Buckets.PAGE; i++) {
                    if (page[i] != 0) {
                        tally.add(number * Buckets.PAGE + i, Integer.toUnsignedLong(page[i]));
                    }
                }
                Arrays.fill(page, 0);
            }
        }
        tally.addTotals(taken.totals[at(ERRORS)], taken.totals[at(SUM)]);
        tally.addBounds(taken.totals[at(MIN)], taken.totals[at(MAX)]);
    }
}
