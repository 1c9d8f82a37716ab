package org.ergograph.window;

import java.util.Arrays;
import java.util.function.BiConsumer;
import org.ergograph.observation.Series;
import org.jspecify.annotations.Nullable;

/**
 * Counts of what is not kept one by one, per series, each observation in exactly one of the distributions that are taken out.
 * Recording is lock-free and, once a series is known, free of allocation; taking is the business of one thread at a time.
 */
public final class Tallies {
    private static final class Counted {
        final Series series;
        final TallyStripe[] stripes;

        Counted(Series series, int stripes) {
            this.series = series;
            this.stripes = new TallyStripe[stripes];
            Arrays.setAll(this.stripes, i -> new TallyStripe());
        }
    }

    private final int stripes;
    private final Tally tally = new Tally();
    private final Object growing = new Object();
    private volatile @Nullable Counted[] bySeries = new Counted[256];

    public Tallies() {
        this(Runtime.getRuntime().availableProcessors());
    }

    Tallies(int processors) {
        this.stripes = WindowSink.stripes(processors);
    }

    /** Counts an observation. Any thread. */
    public void record(Series series, long durationNanos, boolean error) {
        @Nullable Counted[] all = bySeries;
        int id = series.id();
        Counted mine = id < all.length ? all[id] : null;
        if (mine == null) {
            mine = create(series);
        }
        mine.stripes[(int) Thread.currentThread().getId() & (stripes - 1)].record(durationNanos, error);
    }

    /** Once a series. */
    private Counted create(Series series) {
        synchronized (growing) {
            @Nullable Counted[] all = bySeries;
            int id = series.id();
            if (id >= all.length) {
                all = Arrays.copyOf(all, Math.max(id + 1, all.length * 2));
            }
            Counted mine = all[id];
            if (mine == null) {
                mine = new Counted(series, stripes);
                all[id] = mine;
            }
            bySeries = all;
            return mine;
        }
    }

    /**
     * Takes out what was counted since the last time, as exact distributions of at least one observation each. What is being
     * recorded meanwhile may be taken the next time only.
     */
    public void take(BiConsumer<Series, Distribution> to) {
        for (Counted counted : bySeries) {
            if (counted != null) {
                for (TallyStripe stripe : counted.stripes) {
                    stripe.take(tally);
                }
                Distribution taken = tally.takeDistribution();
                if (taken.count() > 0) {
                    to.accept(counted.series, taken);
                }
            }
        }
    }
}
