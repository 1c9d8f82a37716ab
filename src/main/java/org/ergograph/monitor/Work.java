package org.ergograph.monitor;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.InvocationContext;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ergograph.observation.Kind;
import org.ergograph.observation.Recorder;
import org.ergograph.observation.Series;
import org.ergograph.observation.Timing;
import org.jspecify.annotations.Nullable;

/**
 * Times a call from its start to the end of its work, and leaves result and exception as they are. Whatever the recorder
 * throws, the call goes on; the first such fault is logged. Thread-safe.
 */
@Singleton
class Work {
    private static final System.Logger LOG = System.getLogger(Work.class.getName());

    private final Recorder recorder;
    private final boolean enabled;
    private final AtomicBoolean faulty = new AtomicBoolean();

    @Inject
    Work(Recorder recorder) {
        this.recorder = recorder;
        this.enabled = recorder.enabled();
    }

    boolean enabled() {
        return enabled;
    }

    Series series(Kind kind, String... values) {
        return recorder.series(kind, values);
    }

    @Nullable
    Object time(InvocationContext call, SiteCache sites) throws Exception {
        Site site = site(call, sites);
        Timing timing = site == null ? null : start(site);
        if (site == null || timing == null) {
            return call.proceed();
        }
        @Nullable Object result;
        try {
            result = call.proceed();
        } catch (Throwable e) {
            timing.failed(e);
            stop(site, timing);
            throw e;
        }
        if (site.returns() == Returns.NOW) {
            stop(site, timing);
            return result;
        }
        return goingOn(site, timing, result);
    }

    private @Nullable Object goingOn(Site site, Timing timing, @Nullable Object result) {
        if (site.returns() == Returns.STAGE && result instanceof CompletionStage<?> stage) {
            detach(timing);
            watch(site, timing, stage);
            return result;
        }
        if (site.returns() == Returns.PUBLISHER && result instanceof Flow.Publisher<?> publisher) {
            detach(timing);
            return new WatchedPublisher<>(publisher, failure -> end(site, timing, failure));
        }
        stop(site, timing);
        return result;
    }

    /** The caller gets the stage itself, so that a cancellation reaches it. */
    private void watch(Site site, Timing timing, CompletionStage<?> stage) {
        try {
            stage.whenComplete((value, failure) -> end(site, timing, failure));
        } catch (RuntimeException e) {
            fault(e);
            end(site, timing, null);
        }
    }

    private @Nullable Site site(InvocationContext call, SiteCache sites) {
        try {
            return sites.of(call.getTarget(), call.getMethod());
        } catch (RuntimeException | LinkageError e) {
            fault(e);
            return null;
        }
    }

    private @Nullable Timing start(Site site) {
        try {
            Timing timing = recorder.start(site.series());
            if (site.transaction()) {
                timing.transaction(true);
            }
            if (site.open() != null) {
                site.open().increment();
            }
            return timing;
        } catch (RuntimeException | LinkageError e) {
            fault(e);
            return null;
        }
    }

    private void stop(Site site, Timing timing) {
        try {
            if (site.open() != null) {
                site.open().decrement();
            }
            recorder.stop(timing);
        } catch (RuntimeException | LinkageError e) {
            fault(e);
        }
    }

    private void detach(Timing timing) {
        try {
            recorder.detach(timing);
        } catch (RuntimeException | LinkageError e) {
            fault(e);
        }
    }

    private void end(Site site, Timing timing, @Nullable Throwable failure) {
        try {
            if (failure != null) {
                timing.failed(failure);
            }
            if (site.open() != null) {
                site.open().decrement();
            }
            recorder.stopDetached(timing);
        } catch (RuntimeException | LinkageError e) {
            fault(e);
        }
    }

    private void fault(Throwable e) {
        if (faulty.compareAndSet(false, true)) {
            LOG.log(System.Logger.Level.WARNING, "a call was not recorded; further such faults are not logged", e);
        }
    }
}
