package org.ergograph.telemetry;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Counts whole numbers by bucket, and adds them up, wait-free for whoever records. A bucket's count and sum share one word,
 * so that one addition records a value and no reader sees the one without the other. Thread-safe; {@link #drain} by one
 * thread at a time.
 */
final class Distribution {
    /** Takes what a bucket gathered: {@code count} values, above 0, and their sum. */
    interface Reader {
        void read(int bucket, long count, long sum);
    }

    private record Wide(long count, long sum) {
        static Wide plus(@Nullable Wide a, Wide b) {
            return a == null ? b : new Wide(a.count + b.count, a.sum + b.sum);
        }
    }

    private static final VarHandle CELLS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int STRIPES = stripes(Runtime.getRuntime().availableProcessors());
    private static final int CACHE_LINE = 8;

    // A word: the sum in the upper 48 bits, the count in the lower 16. Half-full words are emptied into the wide ones
    // by the
    // thread that finds them so; a word could overflow only if 32768 threads stood between these two steps at once.
    private static final int COUNT_BITS = 16;
    private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;
    private static final long HALF_FULL = (1L << (COUNT_BITS - 1)) | Long.MIN_VALUE;
    private static final long NARROW = 1L << 32;

    private final long[] bounds;
    private final int stride;
    private final long[] cells;
    private final AtomicReferenceArray<@Nullable Wide> wide;

    /** @param bounds inclusive upper bounds, ascending; what is above the last is counted too */
    Distribution(long[] bounds) {
        this.bounds = bounds.clone();
        int buckets = bounds.length + 1;
        // One line more than needed keeps neighbouring stripes off each other's lines, wherever the array begins.
        this.stride = (buckets + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE + CACHE_LINE;
        this.cells = new long[stride * STRIPES];
        this.wide = new AtomicReferenceArray<>(buckets);
    }

    private static int stripes(int processors) {
        return Integer.highestOneBit(Math.max(1, Math.min(16, processors) * 2 - 1));
    }

    int buckets() {
        return bounds.length + 1;
    }

    /** The greatest value that the bucket below this one takes; -1 where there is none. */
    long lowerBound(int bucket) {
        return bucket == 0 ? -1 : bounds[bucket - 1];
    }

    /** The bucket that takes this value. */
    int bucketOf(long value) {
        int bucket = 0;
        while (bucket < bounds.length && value > bounds[bucket]) {
            bucket++;
        }
        return bucket;
    }

    /** Records a value, which is not negative. */
    void record(long value) {
        int bucket = bucketOf(value);
        if (value >= NARROW) {
            widen(bucket, 1, value);
            return;
        }
        int cell = ((int) Thread.currentThread().getId() & (STRIPES - 1)) * stride + bucket;
        long before = (long) CELLS.getAndAdd(cells, cell, (value << COUNT_BITS) | 1);
        if ((before & HALF_FULL) != 0) {
            long word = (long) CELLS.getAndSet(cells, cell, 0L);
            widen(bucket, word & COUNT_MASK, word >>> COUNT_BITS);
        }
    }

    private void widen(int bucket, long count, long sum) {
        if (count > 0) {
            wide.accumulateAndGet(bucket, new Wide(count, sum), Wide::plus);
        }
    }

    /** Hands over what was recorded since the last time. */
    void drain(Reader reader) {
        for (int bucket = 0; bucket < buckets(); bucket++) {
            long count = 0;
            long sum = 0;
            for (int cell = bucket; cell < cells.length; cell += stride) {
                // Reads first: an exchange would take the line from its writers for nothing.
                if ((long) CELLS.getOpaque(cells, cell) != 0) {
                    long word = (long) CELLS.getAndSet(cells, cell, 0L);
                    count += word & COUNT_MASK;
                    sum += word >>> COUNT_BITS;
                }
            }
            Wide large = wide.get(bucket) == null ? null : wide.getAndSet(bucket, null);
            if (large != null) {
                count += large.count;
                sum += large.sum;
            }
            if (count > 0) {
                reader.read(bucket, count, sum);
            }
        }
    }
}
