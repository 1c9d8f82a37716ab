package org.ergograph.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ergograph.observation.NotingRecorder;
import org.jboss.weld.junit5.EnableWeld;
import org.jboss.weld.junit5.WeldInitiator;
import org.jboss.weld.junit5.WeldSetup;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@EnableWeld
class LaterTest {
    private final NotingRecorder recorder = new NotingRecorder();

    @WeldSetup
    WeldInitiator weld = Monitoring.on(recorder);

    static Stream<Named<Function<SampleBean, CompletionStage<String>>>> calls() {
        return Stream.of(
                Named.of("db", SampleBean::dbLater),
                Named.of("workflow", SampleBean::workflowLater),
                Named.of("step", SampleBean::stepLater),
                Named.of("tool", SampleBean::toolLater),
                Named.of("method", SampleBean::methodLater));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void stageIsMeasuredToItsCompletionAndGivenBackItself(Function<SampleBean, CompletionStage<String>> call) {
        CompletionStage<String> stage = call.apply(bean());
        assertThat(stage).isSameAs(bean().future());
        assertThat(recorder.observations()).isEmpty();
        assertThat(recorder.currentTrace()).isZero();

        recorder.advanceMillis(30);
        bean().future().complete("late");

        assertThat(recorder.only().durationNanos()).isEqualTo(30_000_000);
        assertThat(recorder.only().isError()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void failedStageIsAnErrorWithItsCause(Function<SampleBean, CompletionStage<String>> call) {
        CompletionStage<String> stage = call.apply(bean());
        bean().future().completeExceptionally(new CompletionException(new IllegalArgumentException("no")));

        assertThat(recorder.only().errorType()).isEqualTo("IllegalArgumentException");
        assertThat(stage).isCompletedExceptionally();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void cancelReachesTheStageAndIsAnError(Function<SampleBean, CompletionStage<String>> call) {
        call.apply(bean()).toCompletableFuture().cancel(true);

        assertThat(bean().future()).isCancelled();
        assertThat(recorder.only().errorType()).isEqualTo("CancellationException");
    }

    @Test
    void stageThatIsCompleteAlreadyIsMeasuredAtOnce() {
        bean().future().complete("early");
        bean().methodLater();

        assertThat(recorder.only().isError()).isFalse();
    }

    @Test
    void futureThatIsAStageIsMeasuredToItsCompletion() {
        assertThat(bean().plainFuture()).isSameAs(bean().future());
        assertThat(recorder.observations()).isEmpty();
        bean().future().complete("late");

        assertThat(recorder.observations()).hasSize(1);
    }

    @Test
    void nullInPlaceOfAStageEndsWithTheCall() {
        assertThat(bean().noStage()).isNull();

        assertThat(recorder.only().isError()).isFalse();
    }

    @Test
    void workflowCountsAsActiveUntilItsStageCompletes() {
        MeasuredSites sites = weld.select(MeasuredSites.class).get();
        bean().workflowLater();
        bean().workflowLater();
        assertThat(sites.openRuns()).isEqualTo(2);

        bean().future().complete("late");
        assertThat(sites.openRuns()).isZero();
    }

    @Test
    void stageThatCompletesAfterTheRecorderBrokeDownKeepsItsResult() {
        CompletionStage<String> stage = bean().toolLater();
        recorder.breakDown();
        bean().future().complete("late");

        assertThat(stage).isCompletedWithValue("late");
        assertThat(stage.thenApply(String::length)).isCompletedWithValue(4);
    }

    private SampleBean bean() {
        return weld.select(SampleBean.class).get();
    }
}
