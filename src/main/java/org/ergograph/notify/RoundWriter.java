package org.ergograph.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.ergograph.database.Leases;

/**
 * Writes what a round came to. What the database refuses is written alert by alert, so that one that cannot be written stops no
 * other. Not thread-safe.
 */
final class RoundWriter {
    /** What became of it. */
    enum Result {
        WRITTEN,
        /** Without some alerts: what the database knows of them has to be read anew. */
        IN_PART,
        /** Another node decides; nothing more was written. */
        NOT_OURS
    }

    private static final System.Logger LOG = System.getLogger(RoundWriter.class.getName());
    /** As long as nothing at all can be written, the database is at fault more likely than the alerts. */
    private static final int TRIES = 3;

    private static final int MOST_REFUSED = 10;
    private static final int MAX_NAME = 300;

    private final AlertStore store;
    private final Leases leases;
    private final Duration lease;
    private final EvaluationCounts counts;
    private final Troubles troubles = new Troubles();
    private int inVain;

    /** @param lease for how long the lease is prolonged before alerts are written one by one */
    RoundWriter(AlertStore store, Leases leases, Duration lease, EvaluationCounts counts) {
        this.store = store;
        this.leases = leases;
        this.lease = lease;
        this.counts = counts;
    }

    /** @throws RuntimeException what the database throws, if it seems not to work at all */
    Result write(Changes changes, Instant now, long nanos) {
        if (changes.isEmpty()) {
            return Result.WRITTEN;
        }
        try {
            boolean ours = store.write(changes, now);
            inVain = 0;
            return ours ? Result.WRITTEN : Result.NOT_OURS;
        } catch (RuntimeException e) {
            if (leases.ask(AlertStore.LEASE, lease) != Leases.Holder.OURS) {
                throw e;
            }
            return each(changes, now, nanos, e);
        }
    }

    private Result each(Changes changes, Instant now, long nanos, RuntimeException failure) {
        int written = 0;
        int refused = 0;
        for (Changes one : changes.each()) {
            try {
                if (!store.write(one, now)) {
                    return Result.NOT_OURS;
                }
                written++;
            } catch (RuntimeException e) {
                refused++;
                note(one, e, nanos);
                if (written == 0 && refused == MOST_REFUSED) {
                    break;
                }
            }
        }
        if (written == 0 && ++inVain < TRIES) {
            throw failure;
        }
        counts.failed(refused);
        return refused == 0 ? Result.WRITTEN : Result.IN_PART;
    }

    private void note(Changes one, RuntimeException failure, long nanos) {
        String about = Stream.concat(one.begun().stream(), one.changed().stream())
                .findFirst()
                .map(alert -> alert.rule().name() + " " + alert.subject().key())
                .orElse("");
        String name = about.substring(0, Math.min(MAX_NAME, about.length()));
        if (troubles.isNews(name, failure.getClass().getName(), nanos)) {
            LOG.log(System.Logger.Level.ERROR, "alerting: an alert cannot be written: " + name, failure);
        }
    }
}
