package org.ergograph.tool;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.ergograph.observation.Kind;
import org.ergograph.observation.Labels;
import org.ergograph.observation.Recorder;
import org.ergograph.observation.Series;
import org.ergograph.observation.Timing;
import org.jspecify.annotations.Nullable;

/**
 * Times calls of tools, from the start to the answer, the failure or the client's giving up, whichever comes first. Whatever the
 * recorder throws, the call goes on; the first such fault is logged. Thread-safe.
 */
final class ToolCalls {
    /** The error type of a call whose client gave up. */
    static final String CANCELLED = "cancelled";

    private static final System.Logger LOG = System.getLogger(ToolCalls.class.getName());

    private final Recorder recorder;
    private final AtomicBoolean faulty = new AtomicBoolean();

    ToolCalls(Recorder recorder) {
        this.recorder = recorder;
    }

    /** The series of a tool; null if nothing is recorded. */
    @Nullable
    Series series(ToolDefinition tool) {
        try {
            return recorder.enabled() ? recorder.series(Kind.TOOL, tool.name(), tool.category()) : null;
        } catch (RuntimeException | LinkageError e) {
            fault(e);
            return null;
        }
    }

    /** Does the work; its stage comes back as it is, or failed with what the work throws. */
    CompletionStage<Answer> time(@Nullable Series series, Call call, Supplier<CompletionStage<Answer>> work) {
        Timing timing = series == null ? null : start(series, call);
        CompletionStage<Answer> stage = begun(work);
        if (timing == null) {
            return stage;
        }
        if (stage instanceof CompletableFuture<Answer> future && future.isDone()) {
            stage.whenComplete((answer, failure) -> note(timing, call.cancelled(), answer, failure));
            run(() -> recorder.stop(timing));
        } else {
            run(() -> recorder.detach(timing));
            watch(timing, call, stage);
        }
        return stage;
    }

    @SuppressWarnings("NullAway") // a tool may answer null although it must not
    private static CompletionStage<Answer> begun(Supplier<CompletionStage<Answer>> work) {
        try {
            CompletionStage<Answer> stage = work.get();
            return stage != null
                    ? stage
                    : CompletableFuture.failedFuture(new IllegalStateException("the tool answered null"));
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void watch(Timing timing, Call call, CompletionStage<Answer> stage) {
        AtomicBoolean ended = new AtomicBoolean();
        stage.whenComplete((answer, failure) -> {
            if (ended.compareAndSet(false, true)) {
                note(timing, call.cancelled(), answer, failure);
                run(() -> recorder.stopDetached(timing));
            }
        });
        // A tool that goes on for nobody is not what the client waited for.
        call.onCancel(() -> {
            if (ended.compareAndSet(false, true)) {
                timing.errorType(CANCELLED);
                run(() -> recorder.stopDetached(timing));
            }
        });
    }

    private void note(Timing timing, boolean cancelled, @Nullable Answer answer, @Nullable Throwable failure) {
        run(() -> {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            if (cancelled || cause instanceof CancellationException) {
                timing.errorType(CANCELLED);
            } else if (cause instanceof ProtocolException protocol) {
                timing.errorType(Integer.toString(protocol.code()));
            } else if (cause != null) {
                timing.failed(cause);
            } else if (answer instanceof Answer.Complete complete && complete.errorType() != null) {
                timing.errorType(Labels.sanitize(complete.errorType()));
            }
        });
    }

    private @Nullable Timing start(Series series, Call call) {
        try {
            Timing timing = recorder.start(series);
            if (recorder.tracesArguments()) {
                timing.attribute("gen_ai.tool.call.arguments", RedactedArguments.of(call.arguments()));
            }
            return timing;
        } catch (RuntimeException | LinkageError e) {
            fault(e);
            return null;
        }
    }

    private void run(Runnable step) {
        try {
            step.run();
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
