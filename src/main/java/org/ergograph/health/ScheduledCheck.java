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
 * error if it was found unhealthy; and its state is the sample {@code health_NAME}. As long as a run that was given up hangs
 * on, it counts as one more that failed whenever another would have begun: else its share of errors would say that all is well
 * again. Thread-safe.
 */
final class ScheduledCheck {
    private static final System.Logger LOG = System.getLogger(ScheduledCheck.class.getName());

    /** What is not healthy is looked at again sooner, so that its recovery is seen soon. */
    static final Duration RECHECK = Duration.ofSeconds(5);

    private static final Duration LEAST_FRESH = Duration.ofMinutes(1);
    private static final int FRESH_INTERVALS = 3;

    private static final class Run {
        final long startNanos;
        final CompletableFuture<CheckResult> result = new CompletableFuture<>();
        /** Whose answer counts: that of the thread, or that its time is over. */
        final AtomicBoolean settled = new AtomicBoolean();
        /** Null until its thread has begun. */
        volatile @Nullable Timing timing;
        /** When it last counted as failed because it hangs; null unless it was given up. Guarded by the check. */
        @Nullable
        Long failedNanos;

        Run(long startNanos) {
            this.startNanos = startNanos;
        }
    }

    private final HealthProbe probe;
    private final Recorder recorder;
    private final TimeSource time;
    private final Executor executor;
    private final Duration interval;
    private final Duration timeout;
    private final long freshNanos;
    private final Series series;
    private final String sample;
    private volatile Last last;
    private @Nullable Run running;
    private @Nullable Long lastStartNanos;

    /**
     * @param nanos when it began
     * @param knownNanos the same of the last result that was not unknown; null if there was none
     */
    private record Last(
            CheckResult result, long nanos, @Nullable Long knownNanos) {}

    ScheduledCheck(
            HealthProbe probe,
            Recorder recorder,
            TimeSource time,
            Executor executor,
            Duration interval,
            Duration timeout) {
        this.probe = probe;
        this.recorder = recorder;
        this.time = time;
        this.executor = executor;
        this.interval = interval;
        this.timeout = timeout;
        Duration often = interval.multipliedBy(FRESH_INTERVALS);
        this.freshNanos = (often.compareTo(LEAST_FRESH) > 0 ? often : LEAST_FRESH)
                .plus(timeout)
                .toNanos();
        this.series = recorder.series(Kind.EXTERNAL, "health", probe.name());
        this.sample = "health_" + probe.name().replace('-', '_');
        this.last = new Last(CheckResult.none(probe.name()), 0, null);
    }

    String name() {
        return probe.name();
    }

    /**
     * The last result; never waits. One older than three intervals, or a minute if that is longer, and the timeout is no longer
     * true of anything: nobody has run the check, and its state is unknown.
     */
    CheckResult last() {
        Last found = last;
        Instant at = found.result().at();
        if (at == null || time.nanoTime() - found.nanos() <= freshNanos) {
            return found.result();
        }
        return new CheckResult(
                name(),
                Finding.of(HealthState.UNKNOWN, "not checked since " + at),
                at,
                found.result().durationNanos());
    }

    /** Whether a run is to begin: the last one began an interval ago, or {@link #RECHECK} if it did not find things healthy. */
    synchronized boolean due() {
        return lastStartNanos == null || time.nanoTime() - lastStartNanos >= pause().toNanos();
    }

    private Duration pause() {
        boolean well = last.result().state() == HealthState.HEALTHY;
        return well || interval.compareTo(RECHECK) < 0 ? interval : RECHECK;
    }

    /** For how long nothing has been known of it; the longest there is if nothing ever was. */
    long unknownNanos() {
        Long known = last.knownNanos();
        return known == null ? Long.MAX_VALUE : time.nanoTime() - known;
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
        if (late == null) {
            return;
        }
        if (time.nanoTime() - late.startNanos >= timeout.toNanos() && late.settled.compareAndSet(false, true)) {
            Finding finding = Finding.unhealthy("no answer within " + timeout, "timeout");
            Timing timing = late.timing;
            if (timing == null) {
                note(finding);
            } else {
                judge(timing, finding);
                recorder.stopDetached(timing);
            }
            settle(late, finding);
            synchronized (this) {
                late.failedNanos = time.nanoTime();
            }
        } else if (failsAgain(late)) {
            note(Finding.unhealthy("it still hangs", "timeout"));
            sample(HealthState.UNHEALTHY);
        }
    }

    /** Whether a run that was given up hangs on for so long that another would have begun; if so, that is the last result. */
    private synchronized boolean failsAgain(Run late) {
        long now = time.nanoTime();
        if (running != late || late.failedNanos == null || now - late.failedNanos < pause().toNanos()) {
            return false;
        }
        late.failedNanos = now;
        Finding finding = Finding.unhealthy(
                "no answer within " + timeout + ", and it still hangs, since " + instant(late.startNanos), "timeout");
        last = new Last(new CheckResult(name(), finding, instant(now), now - late.startNanos), now, now);
        return true;
    }

    /** For whoever settled the run. */
    private void settle(Run run, Finding finding) {
        long duration = time.nanoTime() - run.startNanos;
        CheckResult result = new CheckResult(name(), finding, instant(run.startNanos), duration);
        Last previous = last;
        HealthState before = previous.result().state();
        Long known = finding.state() == HealthState.UNKNOWN ? previous.knownNanos() : Long.valueOf(run.startNanos);
        last = new Last(result, run.startNanos, known);
        sample(finding.state());
        if (before != finding.state()) {
            System.Logger.Level level =
                    finding.state() == HealthState.HEALTHY ? System.Logger.Level.INFO : System.Logger.Level.WARNING;
            LOG.log(level, "health: " + name() + " is " + finding.state().label() + ": " + finding.message());
        }
        run.result.complete(result);
    }

    private Instant instant(long nanoTime) {
        long epochNanos = time.epochNanos(nanoTime);
        return Instant.ofEpochSecond(
                Math.floorDiv(epochNanos, 1_000_000_000L), Math.floorMod(epochNanos, 1_000_000_000L));
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
