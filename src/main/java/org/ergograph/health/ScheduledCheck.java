package org.ergograph.health;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.ergograph.observation.Kind;
import org.ergograph.observation.Recorder;
import org.ergograph.observation.Series;
import org.ergograph.observation.TimeSource;
import org.ergograph.observation.Timing;
import org.jspecify.annotations.Nullable;

/**
 * One check, its last result, and its run that is under way. A run that hangs is given up when its time is over, and none is
 * begun beside it: it holds one thread at most. Thread-safe.
 */
final class ScheduledCheck {
    private static final System.Logger LOG = System.getLogger(ScheduledCheck.class.getName());

    /** What is not healthy is looked at again sooner, so that its recovery is seen soon. */
    static final Duration RECHECK = Duration.ofSeconds(5);

    private static final class Run {
        final long startNanos;
        final CompletableFuture<CheckResult> result = new CompletableFuture<>();

        Run(long startNanos) {
            this.startNanos = startNanos;
        }
    }

    private final HealthProbe probe;
    private final Recorder recorder;
    private final TimeSource time;
    private final Executor executor;
    private final Duration timeout;
    private final Series series;
    private volatile CheckResult last;
    private @Nullable Run running;
    private @Nullable Long lastStartNanos;

    ScheduledCheck(HealthProbe probe, Recorder recorder, TimeSource time, Executor executor, Duration timeout) {
        this.probe = probe;
        this.recorder = recorder;
        this.time = time;
        this.executor = executor;
        this.timeout = timeout;
        this.series = recorder.series(Kind.EXTERNAL, probe.name(), "check");
        this.last = CheckResult.none(probe.name());
    }

    String name() {
        return probe.name();
    }

    /** The last result; never waits. */
    CheckResult last() {
        return last;
    }

    /** Begins a run if the last one began that long ago, or {@link #RECHECK} ago if it did not find things healthy. */
    void runIfDue(Duration interval) {
        boolean well = last.state() == HealthState.HEALTHY;
        Duration pause = well || interval.compareTo(RECHECK) < 0 ? interval : RECHECK;
        boolean due;
        synchronized (this) {
            due = lastStartNanos == null || time.nanoTime() - lastStartNanos >= pause.toNanos();
        }
        if (due) {
            CompletableFuture<CheckResult> unused = run();
        }
    }

    /** Begins a run, unless one is under way. The answer completes when it ends or is given up. */
    CompletableFuture<CheckResult> run() {
        Run mine;
        synchronized (this) {
            if (running != null) {
                return running.result;
            }
            mine = new Run(time.nanoTime());
            running = mine;
            lastStartNanos = mine.startNanos;
        }
        try {
            executor.execute(() -> recorder.internally(() -> check(mine)));
        } catch (RejectedExecutionException e) {
            settle(mine, Finding.unhealthy("the server takes no more work", "rejected"));
            ended(mine);
        }
        return mine.result;
    }

    private void check(Run run) {
        Timing timing = recorder.start(series);
        Finding finding;
        try {
            finding = probe.check();
            if (finding.state() == HealthState.UNHEALTHY) {
                timing.errorType(finding.error() == null ? "unhealthy" : finding.error());
            }
        } catch (Exception | LinkageError e) {
            timing.failed(e);
            LOG.log(System.Logger.Level.DEBUG, "the check " + name() + " failed", e);
            finding = Finding.unhealthy("the check failed", e.getClass().getSimpleName());
        } finally {
            recorder.stop(timing);
        }
        settle(run, finding);
        ended(run);
    }

    /** Gives up the run under way if its time is over; its thread may hang on, and keeps the next run from beginning. */
    void giveUpIfOverdue() {
        Run late;
        synchronized (this) {
            late = running;
        }
        if (late != null && !late.result.isDone() && time.nanoTime() - late.startNanos >= timeout.toNanos()) {
            settle(late, Finding.unhealthy("no answer within " + timeout, "timeout"));
        }
    }

    private void settle(Run run, Finding finding) {
        long duration = time.nanoTime() - run.startNanos;
        long epochNanos = time.epochNanos(run.startNanos);
        Instant at = Instant.ofEpochSecond(
                Math.floorDiv(epochNanos, 1_000_000_000L), Math.floorMod(epochNanos, 1_000_000_000L));
        CheckResult result = new CheckResult(name(), finding, at, duration);
        HealthState before = last.state();
        if (run.result.complete(result)) {
            last = result;
            if (before != finding.state()) {
                System.Logger.Level level =
                        finding.state() == HealthState.HEALTHY ? System.Logger.Level.INFO : System.Logger.Level.WARNING;
                LOG.log(level, "health: " + name() + " is " + finding.state().label() + ": " + finding.message());
            }
        }
    }

    private synchronized void ended(Run run) {
        if (running == run) {
            running = null;
        }
    }
}
