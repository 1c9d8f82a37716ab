package org.ergograph.window;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Counts of one series as some of the threads saw them, since the start and never reset, so that no reader's pace can lose
 * any. Counts are 32 bits and wrap: only their differences from one seal to the next are used. Wait-free.
 */
final class Stripe {
    private static final VarHandle COUNT = MethodHandles.arrayElementVarHandle(int[].class);
    private static final VarHandle TOTAL = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle PAGE = MethodHandles.arrayElementVarHandle(int[][].class);
    // In the middle of their array, so that no neighbour on the heap shares their cache line.
    private static final int SUM = 8;
    private static final int ERRORS = 9;
    private static final int TOTALS = 18;

    private final int[] @Nullable [] pages = new int[Buckets.PAGES][];
    private final long[] totals = new long[TOTALS];

    void record(long nanos, boolean error) {
        int bucket = Buckets.of(nanos);
        int[] page = pages[bucket >>> 6];
        if (page == null) {
            page = page(bucket >>> 6);
        }
        COUNT.getAndAdd(page, bucket & (Buckets.PAGE - 1), 1);
        TOTAL.getAndAdd(totals, SUM, nanos);
        if (error) {
            TOTAL.getAndAdd(totals, ERRORS, 1L);
        }
    }

    private int[] page(int number) {
        int[] fresh = new int[Buckets.PAGE];
        int[] winner = (int[]) PAGE.compareAndExchange(pages, number, (int[]) null, fresh);
        return winner == null ? fresh : winner;
    }

    /** Adds the page's counts to the sums; answers whether there is such a page. */
    boolean addTo(int number, int[] sums) {
        int[] page = (int[]) PAGE.getAcquire(pages, number);
        if (page == null) {
            return false;
        }
        for (int i = 0; i < Buckets.PAGE; i++) {
            sums[i] += (int) COUNT.getOpaque(page, i);
        }
        return true;
    }

    long sumNanos() {
        return (long) TOTAL.getAcquire(totals, SUM);
    }

    long errors() {
        return (long) TOTAL.getAcquire(totals, ERRORS);
    }
}
