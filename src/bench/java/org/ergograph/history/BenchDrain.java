package org.ergograph.history;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Takes observations out of the queue as the writer does, a batch now and then, and forgets them. */
@ApplicationScoped
public class BenchDrain {
    @Inject
    HistorySink sink;

    @Inject
    AuditCounts counts;

    private final LongAdder drained = new LongAdder();
    private volatile boolean going;

    /** Starts draining on a daemon thread. */
    public void start() {
        going = true;
        Thread thread = new Thread(this::drain, "drain");
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends draining; fails if the queue never took, or did not take everything: then it was not handing over that was timed. */
    public void stop() {
        going = false;
        long rejected = counts.rejected.sum();
        long taken = drained.sum();
        System.out.println("# handed over: " + taken + ", rejected: " + rejected);
        if (taken == 0 || rejected > taken / 100) {
            throw new IllegalStateException(rejected + " of " + (taken + rejected) + " were rejected");
        }
    }

    private void drain() {
        ObservationRing ring = sink.ring();
        while (going) {
            while (ring.poll((series, start, duration, status, error, high, low, principal, request, response) -> {})) {
                drained.increment();
            }
            try {
                TimeUnit.MICROSECONDS.sleep(500);
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
