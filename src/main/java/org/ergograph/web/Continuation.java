package org.ergograph.web;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.ergograph.observation.Recorder;

/** What is to be done with the value of a stage, under the trace of the thread that says so and not of the one that does it. */
public final class Continuation {
    private Continuation() {}

    /**
     * The work for {@link CompletionStage#thenCompose}; for one stage only.
     *
     * @param work what it throws becomes the failure of the stage
     */
    public static <A, B> Function<A, CompletionStage<B>> of(Recorder recorder, Function<A, CompletionStage<B>> work) {
        AtomicReference<A> value = new AtomicReference<>();
        Callable<CompletionStage<B>> carried = recorder.carry(() -> work.apply(value.get()));
        return given -> {
            value.set(given);
            try {
                return carried.call();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        };
    }
}
