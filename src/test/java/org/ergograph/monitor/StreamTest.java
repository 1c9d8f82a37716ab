package org.ergograph.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ergograph.observation.NotingRecorder;
import org.jboss.weld.junit5.EnableWeld;
import org.jboss.weld.junit5.WeldInitiator;
import org.jboss.weld.junit5.WeldSetup;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@EnableWeld
class StreamTest {
    private final NotingRecorder recorder = new NotingRecorder();
    private final Reader reader = new Reader();

    @WeldSetup
    WeldInitiator weld = Monitoring.on(recorder);

    static Stream<Named<Function<SampleBean, Flow.Publisher<String>>>> calls() {
        return Stream.of(
                Named.of("db", SampleBean::dbStream),
                Named.of("workflow", SampleBean::workflowStream),
                Named.of("step", SampleBean::stepStream),
                Named.of("tool", SampleBean::toolStream),
                Named.of("method", SampleBean::methodStream));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void publisherIsMeasuredToItsEndAndGivesAllItems(Function<SampleBean, Flow.Publisher<String>> call) {
        call.apply(bean()).subscribe(reader);
        recorder.advanceMillis(20);
        bean().source().submit("a");
        bean().source().submit("b");
        assertThat(recorder.observations()).isEmpty();
        bean().source().close();

        assertThat(reader.got).containsExactly("a", "b", "(complete)");
        assertThat(recorder.only().durationNanos()).isEqualTo(20_000_000);
        assertThat(recorder.only().isError()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void failureOfThePublisherIsAnError(Function<SampleBean, Flow.Publisher<String>> call) {
        call.apply(bean()).subscribe(reader);
        bean().source().closeExceptionally(new IllegalArgumentException("no"));

        assertThat(reader.got).containsExactly("(IllegalArgumentException)");
        assertThat(recorder.only().errorType()).isEqualTo("IllegalArgumentException");
    }

    @ParameterizedTest
    @MethodSource("calls")
    void subscriberThatHasEnoughEndsIt(Function<SampleBean, Flow.Publisher<String>> call) {
        call.apply(bean()).subscribe(reader);
        reader.cancel();
        reader.cancel();

        assertThat(recorder.only().isError()).isFalse();
        assertThat(recorder.open()).isZero();
    }

    @Test
    void callIsObservedOnceHoweverManySubscribe() {
        Flow.Publisher<String> stream = bean().methodStream();
        Reader second = new Reader();
        stream.subscribe(reader);
        stream.subscribe(second);
        bean().source().submit("a");
        bean().source().close();

        assertThat(reader.got).isEqualTo(second.got).containsExactly("a", "(complete)");
        assertThat(recorder.observations()).hasSize(1);
    }

    @Test
    void publisherOfADeclaredClassIsGivenBackItself() {
        assertThat(bean().ownClass()).isSameAs(bean().source());
        assertThat(recorder.observations()).hasSize(1);
    }

    private SampleBean bean() {
        return weld.select(SampleBean.class).get();
    }

    private static final class Reader implements Flow.Subscriber<String> {
        final List<String> got = new ArrayList<>();
        private Flow.@Nullable Subscription subscription;

        void cancel() {
            Objects.requireNonNull(subscription).cancel();
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(100);
        }

        @Override
        public void onNext(String item) {
            got.add(item);
        }

        @Override
        public void onError(Throwable failure) {
            got.add("(" + failure.getClass().getSimpleName() + ")");
        }

        @Override
        public void onComplete() {
            got.add("(complete)");
        }
    }
}
