package org.ergograph.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import org.ergograph.observation.NotingRecorder;
import org.junit.jupiter.api.Test;

class ContinuationTest {
    @Test
    void valueIsHandedOnUnderTheCallersTrace() {
        NotingRecorder recorder = new NotingRecorder();
        CompletableFuture<Integer> first = new CompletableFuture<>();
        CompletableFuture<Integer> second = first.thenCompose(
                Continuation.<Integer, Integer>of(recorder, n -> CompletableFuture.completedFuture(n + 1)));
        first.complete(41);
        assertThat(second).isCompletedWithValue(42);
        assertThat(recorder.carried()).isEqualTo(1);
    }

    @Test
    void whatItThrowsFailsTheStage() {
        CompletableFuture<Integer> failed = CompletableFuture.completedFuture(1)
                .thenCompose(Continuation.<Integer, Integer>of(new NotingRecorder(), n -> {
                    throw ProblemException.notFound("server", "7");
                }));
        assertThatThrownBy(failed::join).hasCauseInstanceOf(ProblemException.class);
    }
}
