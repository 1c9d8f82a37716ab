package org.ergograph.telemetry;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.eclipse.microprofile.metrics.Counter;

/** A published counter that follows totals kept elsewhere. Not thread-safe. */
final class PolledCounter {
    private static final class Source {
        LongSupplier total;
        long read;

        Source(LongSupplier total) {
            this.total = total;
        }
    }

    private final Counter counter;
    private final List<Source> sources = new ArrayList<>();

    PolledCounter(Counter counter) {
        this.counter = counter;
    }

    /** Follows one more total; beyond {@code max} of them, in the place of the last. */
    void read(LongSupplier total, int max) {
        if (sources.size() < max) {
            sources.add(new Source(total));
        } else {
            sources.get(sources.size() - 1).total = total;
        }
    }

    void publish() {
        for (Source source : sources) {
            long total = source.total.getAsLong();
            // A total below what was read before is that of a new source, which began at 0.
            long more = total < source.read ? total : total - source.read;
            source.read = total;
            if (more > 0) {
                counter.inc(more);
            }
        }
    }
}
