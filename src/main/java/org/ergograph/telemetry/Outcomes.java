package org.ergograph.telemetry;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts the outcomes of what something else counts in total: the first outcome seen is not counted but is what the others
 * leave, so that the usual case costs nothing. Each outcome is counted before the total is. Thread-safe, no lock.
 */
final class Outcomes {
    private final AtomicReference<@Nullable String> usual = new AtomicReference<>();
    private final LabelCounts others;
    private long owed;

    Outcomes(int max) {
        this.others = new LabelCounts(max);
    }

    void count(String outcome) {
        String first = usual.get();
        if (first == null) {
            usual.compareAndSet(null, outcome);
            first = usual.get();
        }
        if (!outcome.equals(first)) {
            others.increment(outcome);
        }
    }

    /**
     * Hands over what was counted since the last time, by outcome; by one thread at a time.
     *
     * @param total how many were counted in total since the last time, read before this call
     */
    void drain(long total, ObjLongConsumer<String> reader) {
        // An outcome counted already whose total is not yet makes the rest too small for now, never too large.
        owed += total - others.drain(reader);
        String first = usual.get();
        if (owed > 0 && first != null) {
            reader.accept(first, owed);
            owed = 0;
        }
    }
}
