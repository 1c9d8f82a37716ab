package org.ergograph.window;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What was ever observed of one thing, and how much of it has been sealed. Recording is wait-free; reading and sealing are
 * the business of one thread at a time.
 */
class Accumulator {
    private final Stripe[] stripes;
    private final int mask;
    private final int[] @Nullable [] sealed = new int[Buckets.PAGES][];
    private long sealedSumNanos;
    private long sealedErrors;

    /** @param stripes a power of two */
    Accumulator(int stripes) {
        this.stripes = new Stripe[stripes];
        for (int i = 0; i < stripes; i++) {
            this.stripes[i] = new Stripe();
        }
        this.mask = stripes - 1;
    }

    final void record(long nanos, boolean error) {
        stripes[(int) Thread.currentThread().getId() & mask].record(nanos, error);
    }

    /** Adds to the tally what was observed since the start. */
    final void addTotal(Tally tally) {
        long errors = 0;
        long sumNanos = 0;
        for (Stripe stripe : stripes) {
            errors += stripe.errors();
            sumNanos += stripe.sumNanos();
        }
        tally.addTotals(errors, sumNanos);
        int[] sums = new int[Buckets.PAGE];
        for (int number = 0; number < Buckets.PAGES; number++) {
            if (sum(number, sums)) {
                for (int i = 0; i < Buckets.PAGE; i++) {
                    if (sums[i] != 0) {
                        tally.add(number * Buckets.PAGE + i, Integer.toUnsignedLong(sums[i]));
                    }
                }
            }
        }
    }

    /** Adds to the tally what was observed since the last seal. */
    final void addUnsealed(Tally tally) {
        read(tally, false);
    }

    /** Adds to the tally what was observed since the last seal, and seals it. */
    final void seal(Tally tally) {
        read(tally, true);
    }

    private void read(Tally tally, boolean seal) {
        // Before the counts: whatever is in the errors and the sum here is among the counts below.
        long errors = 0;
        long sumNanos = 0;
        for (Stripe stripe : stripes) {
            errors += stripe.errors();
            sumNanos += stripe.sumNanos();
        }
        tally.addTotals(errors - sealedErrors, sumNanos - sealedSumNanos);
        int[] sums = new int[Buckets.PAGE];
        for (int number = 0; number < Buckets.PAGES; number++) {
            if (sum(number, sums)) {
                int[] before = sealed[number];
                for (int i = 0; i < Buckets.PAGE; i++) {
                    int delta = before == null ? sums[i] : sums[i] - before[i];
                    if (delta != 0) {
                        tally.add(number * Buckets.PAGE + i, Integer.toUnsignedLong(delta));
                    }
                }
                if (seal) {
                    sealed[number] = sums;
                    sums = before == null ? new int[Buckets.PAGE] : before;
                }
            }
        }
        if (seal) {
            sealedErrors = errors;
            sealedSumNanos = sumNanos;
        }
    }

    private boolean sum(int number, int[] sums) {
        Arrays.fill(sums, 0);
        boolean any = false;
        for (Stripe stripe : stripes) {
            any |= stripe.addTo(number, sums);
        }
        return any;
    }
}
