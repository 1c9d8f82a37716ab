package org.ergograph.history;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import org.ergograph.observation.Observation;
import org.ergograph.observation.ObservationSink;
import org.ergograph.observation.Sample;
import org.ergograph.window.Tallies;

/**
 * Puts every observation that gets a row into the queue of the audit log, and counts the others, so that the rollups have them
 * all. Thread-safe, lock-free.
 */
@Singleton
class HistorySink implements ObservationSink {
    private static final int SAMPLES = 16_384;

    private final ObservationRing ring;
    private final Sampling sampling;
    private final Tallies tallies = new Tallies();
    private final ArrayBlockingQueue<Sample> samples = new ArrayBlockingQueue<>(SAMPLES);
    private final AuditCounts counts;

    @Inject
    HistorySink(HistorySettings settings, AuditCounts counts) {
        this.ring = new ObservationRing(settings.queue());
        this.sampling = new Sampling(settings.sampling());
        this.counts = counts;
    }

    @Override
    public void accept(Observation observation) {
        if (!observation.internal()) {
            if (!sampling.keeps(observation)) {
                counts.sampled.increment();
            } else if (ring.offer(observation)) {
                return;
            } else {
                counts.rejected.increment();
            }
        }
        tallies.record(observation.series(), observation.durationNanos(), observation.errorType() != null);
    }

    /** @throws IllegalStateException if too many wait already, which the recorder counts */
    @Override
    public void accept(Sample sample) {
        if (!samples.offer(sample)) {
            throw new IllegalStateException("more than " + SAMPLES + " samples wait");
        }
    }

    ObservationRing ring() {
        return ring;
    }

    Sampling sampling() {
        return sampling;
    }

    /** What has no row. */
    Tallies tallies() {
        return tallies;
    }

    /** The samples since the last time. */
    List<Sample> takeSamples() {
        List<Sample> taken = new ArrayList<>();
        samples.drainTo(taken);
        return taken;
    }
}
