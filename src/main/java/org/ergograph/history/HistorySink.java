package org.ergograph.history;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.LongAdder;
import org.ergograph.observation.Observation;
import org.ergograph.observation.ObservationSink;

/** Puts every observation that is not the record's own work into the queue of the audit log. Thread-safe, lock-free. */
@Singleton
class HistorySink implements ObservationSink {
    private final ObservationRing ring;
    private final LongAdder rejected;

    @Inject
    HistorySink(HistorySettings settings, AuditCounts counts) {
        this.ring = new ObservationRing(settings.queue());
        this.rejected = counts.rejected;
    }

    @Override
    public void accept(Observation observation) {
        if (!observation.internal() && !ring.offer(observation)) {
            rejected.increment();
        }
    }

    ObservationRing ring() {
        return ring;
    }
}
