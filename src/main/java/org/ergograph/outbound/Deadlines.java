package org.ergograph.outbound;

import java.time.Duration;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Ends what takes too long. One wake-up is scheduled for the earliest of all, since most things end long before their deadline
 * and a scheduled task for each would cost more than the thing itself. Thread-safe.
 */
public final class Deadlines {
    private static final long LATE_NANOS = 5_000_000;

    /** When, in readings of {@link System#nanoTime}, and which of those that are due at the same reading. */
    private record Due(long nanos, long number) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            long apart = nanos - other.nanos; // readings may overflow: only their distance has a meaning
            return apart != 0 ? Long.signum(apart) : Long.compare(number, other.number);
        }
    }

    private final ScheduledExecutorService scheduler;
    private final ConcurrentSkipListMap<Due, Runnable> actions = new ConcurrentSkipListMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final Object lock = new Object();
    private @Nullable Future<?> wakeUp;
    private long wakeNanos;

    /** @param scheduler may have one thread only */
    public Deadlines(ScheduledExecutorService scheduler) {
        this.scheduler = scheduler;
    }

    /**
     * Has the action run on the scheduler's thread after this time, unless the answer is run before.
     *
     * @param action must be quick and not throw
     * @return takes it back
     * @throws RejectedExecutionException if the server is stopping
     */
    public Runnable after(Duration time, Runnable action) {
        Due due = new Due(System.nanoTime() + time.toNanos(), numbers.incrementAndGet());
        actions.put(due, action);
        try {
            wakeAt(due.nanos());
        } catch (RejectedExecutionException e) {
            actions.remove(due);
            throw e;
        }
        return () -> actions.remove(due);
    }

    private void wakeAt(long nanos) {
        synchronized (lock) {
            if (wakeUp != null && nanos - wakeNanos >= 0) {
                return;
            }
            long delay = Math.max(0, nanos - System.nanoTime());
            Future<?> earlier = scheduler.schedule(this::wake, delay + LATE_NANOS, TimeUnit.NANOSECONDS);
            if (wakeUp != null) {
                wakeUp.cancel(false);
            }
            wakeUp = earlier;
            wakeNanos = nanos;
        }
    }

    private void wake() {
        synchronized (lock) {
            wakeUp = null;
        }
        long now = System.nanoTime();
        for (var first = actions.firstEntry();
                first != null && first.getKey().nanos() - now <= 0;
                first = actions.firstEntry()) {
            if (actions.remove(first.getKey(), first.getValue())) {
                first.getValue().run();
            }
        }
        var next = actions.firstEntry();
        if (next != null) {
            try {
                wakeAt(next.getKey().nanos());
            } catch (RejectedExecutionException e) {
                actions.clear(); // the server stops, and ends everything else as well
            }
        }
    }
}
