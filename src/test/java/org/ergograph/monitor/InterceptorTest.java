package org.ergograph.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.ergograph.observation.Kind;
import org.ergograph.observation.NotingRecorder;
import org.ergograph.observation.Observation;
import org.jboss.weld.junit5.EnableWeld;
import org.jboss.weld.junit5.WeldInitiator;
import org.jboss.weld.junit5.WeldSetup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@EnableWeld
class InterceptorTest {
    private final NotingRecorder recorder = new NotingRecorder();

    @WeldSetup
    WeldInitiator weld = Monitoring.on(recorder);

    /** A measured method of the sample bean. */
    interface Call {
        String of(SampleBean bean, String mode) throws IOException;
    }

    static Stream<Arguments> calls() {
        return Stream.of(
                Arguments.of(Kind.DB, List.of("select", "users"), (Call) SampleBean::db),
                Arguments.of(Kind.WORKFLOW, List.of("billing", Kind.RUN), (Call) SampleBean::workflow),
                Arguments.of(Kind.WORKFLOW, List.of("billing", "charge"), (Call) SampleBean::step),
                Arguments.of(Kind.TOOL, List.of("search", "general"), (Call) SampleBean::tool),
                Arguments.of(Kind.METHOD, List.of("SampleBean.method"), (Call) SampleBean::method));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("calls")
    void successIsMeasuredAndTheResultKept(Kind kind, List<String> values, Call call) throws IOException {
        assertThat(call.of(bean(), "ok")).isEqualTo("done");

        Observation observed = recorder.only();
        assertThat(observed.series().kind()).isEqualTo(kind);
        assertThat(observed.series().values()).isEqualTo(values);
        assertThat(observed.durationNanos()).isEqualTo(5_000_000);
        assertThat(observed.errorType()).isNull();
        assertThat(recorder.currentTrace()).isZero();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("calls")
    void failureIsMeasuredAndRethrown(Kind kind, List<String> values, Call call) {
        assertThatThrownBy(() -> call.of(bean(), "fail"))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("disk full")
                .hasNoSuppressedExceptions();

        Observation observed = recorder.only();
        assertThat(observed.series().values()).isEqualTo(values);
        assertThat(observed.errorType()).isEqualTo("IOException");
        assertThat(observed.durationNanos()).isEqualTo(5_000_000);
        assertThat(recorder.open()).isZero();
    }

    @Test
    void nestedCallsShareOneTraceAndEndInnermostFirst() {
        bean().nested();

        assertThat(recorder.observations())
                .extracting(observed -> observed.series().name())
                .containsExactly("any orders", "select orders", "order/(run)");
        assertThat(recorder.observations())
                .extracting(Observation::traceIdLow)
                .containsOnly(recorder.observations().get(0).traceIdLow());
    }

    @Test
    void laterCallsBeginTracesOfTheirOwn() throws IOException {
        bean().db("ok");
        bean().db("ok");

        assertThat(recorder.observations()).extracting(Observation::traceIdLow).doesNotHaveDuplicates();
    }

    @Test
    void methodWinsOverClassAndInheritedMethodsAreMeasured() {
        SampleRepository repository = weld.select(SampleRepository.class).get();
        repository.find();
        repository.save();
        repository.count();

        assertThat(recorder.observations())
                .extracting(observed -> observed.series().name())
                .containsExactly("select orders", "any orders", "any orders");
    }

    @Test
    void timeIncludesTheCommit() {
        bean().inTransaction();

        assertThat(recorder.only().durationNanos()).isEqualTo(8_000_000);
        assertThat(recorder.only().transaction()).isTrue();
    }

    @Test
    void failingCommitIsAnError() {
        FakeTransaction.FAILS.set(true);
        try {
            assertThatThrownBy(() -> bean().inTransaction()).hasMessage("commit failed");
        } finally {
            FakeTransaction.FAILS.remove();
        }

        assertThat(recorder.only().errorType()).isEqualTo("IllegalStateException");
    }

    @Test
    void workflowIsOutsideOfStepOutsideOfToolOutsideOfMethodOutsideOfDb() {
        bean().allAtOnce();

        assertThat(recorder.observations())
                .extracting(observed -> observed.series().name())
                .containsExactly("update stock", "all", "all", "all/all", "all/(run)");
        assertThat(recorder.observations())
                .extracting(observed -> observed.series().kind())
                .containsExactly(Kind.DB, Kind.METHOD, Kind.TOOL, Kind.WORKFLOW, Kind.WORKFLOW);
    }

    @Test
    void brokenRecorderNeverFailsTheCall() throws IOException {
        recorder.breakDown();

        assertThat(bean().db("ok")).isEqualTo("done");
        assertThat(bean().method("ok")).isEqualTo("done");
        assertThatThrownBy(() -> bean().tool("fail")).isExactlyInstanceOf(IOException.class);
        bean().future().complete("late");
        assertThat(bean().dbLater()).isCompletedWithValue("late");
    }

    private SampleBean bean() {
        return weld.select(SampleBean.class).get();
    }
}
