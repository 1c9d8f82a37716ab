package org.ergograph.window;

import org.jspecify.annotations.Nullable;

/** What was observed and sampled from one seal to the next. Immutable once it is sealed. */
final class Slot {
    private final long startNanos;
    private final long endNanos;
    private final @Nullable Slice[] slices;
    private final SampleBook samples;

    /** @param slices by series id; null where nothing was observed */
    Slot(long startNanos, long endNanos, @Nullable Slice[] slices, SampleBook samples) {
        this.startNanos = startNanos;
        this.endNanos = endNanos;
        this.slices = slices;
        this.samples = samples;
    }

    long startNanos() {
        return startNanos;
    }

    /** Exclusive. */
    long endNanos() {
        return endNanos;
    }

    void addTo(Tally tally, int seriesId) {
        Slice slice = seriesId < slices.length ? slices[seriesId] : null;
        if (slice != null) {
            slice.addTo(tally);
        }
    }

    SampleBook samples() {
        return samples;
    }
}
