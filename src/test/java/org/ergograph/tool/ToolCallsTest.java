package org.ergograph.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.ergograph.observation.NotingRecorder;
import org.junit.jupiter.api.Test;

class ToolCallsTest {
    private final NotingRecorder recorder = new NotingRecorder();
    private final FakeCall call = new FakeCall("t", "{}");

    private CompletionStage<Answer> call(Function<Call, CompletionStage<Answer>> work) {
        Source.Offer own = new Source.Offer(List.of(FakeTool.answering("t", work)), List.of(), List.of(), List.of());
        return new Catalogue(() -> own, List.of(), recorder).call(call);
    }

    private CompletionStage<Answer> call(CompletionStage<Answer> answer) {
        return call(ignored -> answer);
    }

    @Test
    void answerAtOnceIsOneObservationOfTheToolAndItsCategory() {
        call(CompletableFuture.completedFuture(Answer.text("fine")));

        assertThat(recorder.only().series().toString()).isEqualTo("tool t");
        assertThat(recorder.only().series().values()).containsExactly("t", "test");
        assertThat(recorder.only().errorType()).isNull();
        assertThat(recorder.open()).isZero();
        assertThat(recorder.currentTrace()).isZero();
    }

    @Test
    void laterAnswerIsTimedToItsEndAndTheThreadIsFreeMeanwhile() {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        CompletionStage<Answer> given = call(answer);

        assertThat(given).isSameAs(answer);
        assertThat(recorder.currentTrace()).isZero();
        assertThat(recorder.observations()).isEmpty();
        recorder.advanceMillis(250);
        answer.complete(Answer.text("fine"));
        assertThat(recorder.only().durationNanos()).isEqualTo(250_000_000);
        assertThat(recorder.only().errorType()).isNull();
    }

    @Test
    void whatTheToolStartsBelongsToItsTrace() {
        long[] inside = new long[1];
        call(ignored -> {
            inside[0] = recorder.currentTrace();
            return CompletableFuture.completedFuture(Answer.text("fine"));
        });

        assertThat(inside[0]).isNotZero().isEqualTo(recorder.only().traceIdLow());
    }

    @Test
    void errorOfTheToolKeepsItsType() {
        call(CompletableFuture.completedFuture(Answer.toolError("no", "timeout")));

        assertThat(recorder.only().errorType()).isEqualTo("timeout");
    }

    @Test
    void protocolErrorIsNamedByItsCode() {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        call(answer.thenApply(same -> same));
        answer.completeExceptionally(new ProtocolException(ProtocolException.INVALID_PARAMS, "no"));

        assertThat(recorder.only().errorType()).isEqualTo("-32602");
    }

    @Test
    void exceptionFailsTheStageAndIsNamedByItsClass() {
        CompletionStage<Answer> answer = call(ignored -> {
            throw new IllegalStateException("inside");
        });

        assertThatThrownBy(() -> answer.toCompletableFuture().getNow(null))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThat(recorder.only().errorType()).isEqualTo("IllegalStateException");
        assertThat(recorder.open()).isZero();
    }

    @Test
    @SuppressWarnings("NullAway")
    void toolThatAnswersNullFails() {
        CompletionStage<Answer> answer = call((Function<Call, CompletionStage<Answer>>) ignored -> null);

        assertThat(answer.toCompletableFuture()).isCompletedExceptionally();
        assertThat(recorder.only().errorType()).isEqualTo("IllegalStateException");
    }

    @Test
    void questionBackIsNoError() {
        call(CompletableFuture.completedFuture(
                new Answer.InputRequired(jakarta.json.JsonValue.EMPTY_JSON_OBJECT, null)));

        assertThat(recorder.only().errorType()).isNull();
    }

    @Test
    void cancelledCallEndsWithItsCancellationAndOnce() {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        call(answer);
        recorder.advanceMillis(10);
        call.cancel();
        recorder.advanceMillis(10);
        answer.complete(Answer.text("too late"));

        assertThat(recorder.only().errorType()).isEqualTo("cancelled");
        assertThat(recorder.only().durationNanos()).isEqualTo(10_000_000);
    }

    @Test
    void toolThatEndsItselfOnCancellationIsCancelledWhateverItAnswers() {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        call(asked -> {
            asked.onCancel(() -> answer.complete(Answer.text("stopped")));
            return answer;
        });
        call.cancel();

        assertThat(recorder.only().errorType()).isEqualTo("cancelled");
    }

    @Test
    void cancelledStageIsCancelled() {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        call(answer);
        answer.cancel(false);

        assertThat(recorder.only().errorType()).isEqualTo("cancelled");
    }

    @Test
    void brokenRecorderDoesNotFailTheCall() {
        recorder.breakDown();

        assertThat(call(CompletableFuture.completedFuture(Answer.text("fine")))
                        .toCompletableFuture()
                        .getNow(null))
                .isInstanceOf(Answer.Complete.class);
    }

    @Test
    void recorderThatBreaksMeanwhileDoesNotFailTheCall() {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        CompletionStage<Answer> given = call(answer);
        recorder.breakDown();
        answer.complete(Answer.text("fine"));

        assertThat(given.toCompletableFuture().getNow(null)).isInstanceOf(Answer.Complete.class);
    }

    @Test
    void nothingIsTimedWhereRecordingIsOff() {
        recorder.off();
        call(CompletableFuture.completedFuture(Answer.text("fine")));

        assertThat(recorder.observations()).isEmpty();
    }

    @Test
    void spansOfACallCarryItsArgumentsWithoutSecretsIfAskedFor() {
        recorder.traced();
        Source.Offer own = new Source.Offer(
                List.of(FakeTool.answering("t", ignored -> CompletableFuture.completedFuture(Answer.text("fine")))),
                List.of(),
                List.of(),
                List.of());
        new Catalogue(() -> own, List.of(), recorder).call(new FakeCall("t", "{\"city\":\"Bern\",\"token\":\"t0p\"}"));

        assertThat(recorder.attributes())
                .containsExactly(Map.of("gen_ai.tool.call.arguments", "{\"city\":\"Bern\",\"token\":\"[redacted]\"}"));
    }

    @Test
    void spansOfACallDoNotCarryItsArgumentsOtherwise() {
        call(CompletableFuture.completedFuture(Answer.text("fine")));

        assertThat(recorder.attributes()).containsExactly(Map.of());
    }
}
