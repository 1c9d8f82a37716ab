package org.ergograph.recorder;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.ergograph.observation.Periodic;

/**
 * Runs every {@link Periodic} from start to end, off the request threads. One that fails is logged once until it succeeds
 * again, and goes on.
 */
final class Schedule {
    private static final System.Logger LOG = System.getLogger(Schedule.class.getName());

    private final ScheduledExecutorService scheduler;
    private final Executor executor;
    private final boolean own;
    private final List<Future<?>> running = new ArrayList<>();
    private final List<Periodic> tasks = new ArrayList<>();
    private final LongAdder failures = new LongAdder();

    /**
     * @param scheduler says when; it may have one thread only, so nothing is done on it that might wait
     * @param executor does the work
     * @param own whether the scheduler ends with this schedule
     */
    Schedule(ScheduledExecutorService scheduler, Executor executor, boolean own) {
        this.scheduler = scheduler;
        this.executor = executor;
        this.own = own;
    }

    /** How many runs failed since the start. */
    long failures() {
        return failures.sum();
    }

    synchronized void add(Periodic task, Runnable around) {
        Duration interval = task.interval();
        long nanos = Math.max(10_000_000L, interval.toNanos());
        tasks.add(task);
        running.add(scheduler.scheduleWithFixedDelay(
                dispatched(guarded(task, around)), nanos, nanos, TimeUnit.NANOSECONDS));
    }

    /** Hands the work over, unless it is still at it. */
    private Runnable dispatched(Runnable work) {
        AtomicBoolean busy = new AtomicBoolean();
        return () -> {
            if (busy.compareAndSet(false, true)) {
                try {
                    executor.execute(() -> {
                        try {
                            work.run();
                        } finally {
                            busy.set(false);
                        }
                    });
                } catch (RejectedExecutionException e) {
                    busy.set(false);
                    failures.increment();
                }
            }
        };
    }

    private Runnable guarded(Periodic task, Runnable work) {
        return new Runnable() {
            private boolean failing;

            @Override
            public void run() {
                try {
                    work.run();
                    failing = false;
                } catch (RuntimeException | LinkageError e) {
                    failures.increment();
                    if (!failing) {
                        failing = true;
                        LOG.log(
                                System.Logger.Level.WARNING,
                                () -> task.getClass().getSimpleName() + " failed",
                                e);
                    }
                }
            }
        };
    }

    /** Ends the schedule, and gives every task its last word, the latest first. */
    synchronized void stop() {
        running.forEach(future -> future.cancel(false));
        running.clear();
        for (int i = tasks.size() - 1; i >= 0; i--) {
            Periodic task = tasks.get(i);
            try {
                task.stop();
            } catch (RuntimeException | LinkageError e) {
                LOG.log(System.Logger.Level.WARNING, () -> task.getClass().getSimpleName() + " failed to stop", e);
            }
        }
        tasks.clear();
        if (own) {
            scheduler.shutdownNow();
        }
    }
}
