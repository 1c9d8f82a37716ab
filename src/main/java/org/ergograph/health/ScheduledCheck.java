package org.ergograph.health;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ergograph.observation.Kind;
import org.ergograph.observation.Recorder;
import org.ergograph.observation.Sample;
import org.ergograph.observation.Series;
import org.ergograph.observation.TimeSource;
import org.ergograph.observation.Timing;
import org.jspecify.annotations.Nullable;

/**
 * One check, its last result, and its run that is under way. A run that hangs is given up when its time is over, and none is
 * begun beside it: it holds one thread at most. Each run, given up or not, is the observation {@code external health/NAME}, an
 * error if it was found unhealthy; and its state is the sample {@code health_NAME}. Thread-safe.
 */
final class ScheduledCheck {
    private static final System.Logger LOG = System.getLogger(ScheduledCheck.class.getName());

    /** What is not healthy is looked at again sooner, so that its recovery is seen soon. */
    static final Duration RECHECK = Duration.ofSeconds(5);

    private static final class Run {
        final long startNanos;
        final CompletableFuture<CheckResult> result = new CompletableFuture<>();
        /** Whose answer counts: that of the thread, or that its time is over. */
        final AtomicBoolean settled = new AtomicBoolean();
        /** Null until its thread has begun. */
        volatile @Nullable Timing timing;

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
    private final String sample;
    private volatile CheckResult last;
    private @Nullable Run running;
    private @Nullable Long lastStartNanos;

    ScheduledCheck(HealthProbe probe, Recorder recorder, TimeSource time, Executor executor, Duration timeout) {
        this.probe = probe;
        this.recorder = recorder;
        this.time = time;
        this.executor = executor;
        this.timeout = timeout;
        this.series = recorder.series(Kind.EXTERNAL, "health", probe.name());
        this.sample = "health_" + probe.name().replace('-', '_');
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
            if (mine.settled.compareAndSet(false, true)) {
                Finding finding = Finding.unhealthy("the server takes no more work", "rejected");
                note(finding);
                settle(mine, finding);
            }
            ended(mine);
        }
        return mine.result;
    }

    private void check(Run run) {
        if (run.settled.get()) {
            ended(run);
            return;
        }
        Timing timing = recorder.start(series);
        run.timing = timing;
        Finding finding;
        try {
            finding = probe.check();
        } catch (Exception | LinkageError e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            LOG.log(System.Logger.Level.DEBUG, "the check " + name() + " failed", e);
            finding = Finding.unhealthy("the check failed", e.getClass().getSimpleName());
        }
        if (run.settled.compareAndSet(false, true)) {
            judge(timing, finding);
            recorder.stop(timing);
            settle(run, finding);
        } else {
            recorder.detach(timing);
        }
        ended(run);
    }

    /** Records a run that no thread began. */
    private void note(Finding finding) {
        recorder.internally(() -> {
            Timing timing = recorder.start(series);
            judge(timing, finding);
            recorder.stop(timing);
        });
    }

    private static void judge(Timing timing, Finding finding) {
        if (finding.state() == HealthState.UNHEALTHY) {
            String error = finding.error();
            timing.errorType(error == null ? "unhealthy" : error);
        }
    }

    /** Gives up the run under way if its time is over; its thread may hang on, and keeps the next run from beginning. */
    void giveUpIfOverdue() {
        Run late;
        synchronized (this) {
            late = running;
        }
        if (late != null
                && time.nanoTime() - late.startNanos >= timeout.toNanos()
                && late.settled.compareAndSet(false, true)) {
            Finding finding = Finding.unhealthy("no answer within " + timeout, "timeout");
            Timing timing = late.timing;
            if (timing == null) {
                note(finding);
            } else {
                judge(timing, finding);
                recorder.stopDetached(timing);
            }
            settle(late, finding);
        }
    }

    /** For whoever settled the run. */
    private void settle(Run run, Finding finding) {
        long duration = time.nanoTime() - run.startNanos;
        long epochNanos = time.epochNanos(run.startNanos);
        Instant at = Instant.ofEpochSecond(
                Math.floorDiv(epochNanos, 1_000_000_000L), Math.floorMod(epochNanos, 1_000_000_000L));
        CheckResult result = new CheckResult(name(), finding, at, duration);
        HealthState before = last.state();
        last = result;
        sample(finding.state());
        if (before != finding.state()) {
            System.Logger.Level level =
                    finding.state() == HealthState.HEALTHY ? System.Logger.Level.INFO : System.Logger.Level.WARNING;
            LOG.log(level, "health: " + name() + " is " + finding.state().label() + ": " + finding.message());
        }
        run.result.complete(result);
    }

    /** What is not known is no sample. */
    private void sample(HealthState state) {
        if (state != HealthState.UNKNOWN) {
            double value = state == HealthState.HEALTHY ? 0 : state == HealthState.DEGRADED ? 1 : 2;
            recorder.sample(new Sample(sample, "1", time.now(), value));
        }
    }

    private synchronized void ended(Run run) {
        if (running == run) {
            running = null;
        }
    }
}
