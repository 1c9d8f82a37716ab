package org.ergograph.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.ergograph.observation.Kind;
import org.ergograph.observation.Observation;
import org.ergograph.observation.ObservationSink;
import org.ergograph.observation.Sample;
import org.ergograph.observation.Series;
import org.ergograph.observation.SeriesRegistry;
import org.ergograph.observation.TimeSource;
import org.ergograph.observation.Timing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveRecorderTest {
    private static final class FakeTime implements TimeSource {
        long nanos = 5_000;

        @Override
        public long nanoTime() {
            return nanos;
        }

        @Override
        public long epochNanos(long nanoTime) {
            return 1_000_000_000_000L + nanoTime;
        }
    }

    private static final String TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final FakeTime time = new FakeTime();
    private final List<Observation> seen = new ArrayList<>();
    private final LiveRecorder recorder = recorder(List.of(seen::add));
    private final Series select = recorder.series(Kind.DB, "select", "users");
    private final ExecutorService elsewhere = Executors.newSingleThreadExecutor();

    private LiveRecorder recorder(List<ObservationSink> sinks) {
        return new LiveRecorder(true, time, new SeriesRegistry(10), null, true, sinks);
    }

    @AfterEach
    void closeExecutor() {
        elsewhere.shutdownNow();
    }

    @Test
    void durationIsElapsedTimeAndStartIsItsMoment() {
        Timing timing = recorder.start(select);
        time.nanos += 1_234;
        recorder.stop(timing);

        assertThat(seen).singleElement().satisfies(observation -> {
            assertThat(observation.durationNanos()).isEqualTo(1_234);
            assertThat(observation.start()).isEqualTo(Instant.ofEpochSecond(1_000, 5_000));
            assertThat(observation.isError()).isFalse();
            assertThat(observation.traceId()).hasSize(32).isNotEqualTo("0".repeat(32));
        });
    }

    @Test
    void aMonotonicClockThatStandsStillGivesZero() {
        Timing timing = recorder.start(select);
        time.nanos -= 10;
        recorder.stop(timing);

        assertThat(seen).extracting(Observation::durationNanos).containsExactly(0L);
    }

    @Test
    void nestedTimingsShareTheTraceAndTheNextRootBeginsAnother() {
        Timing outer = recorder.start(select);
        recorder.stop(recorder.start(select));
        recorder.stop(outer);
        recorder.stop(recorder.start(select));

        assertThat(seen.get(0).traceId()).isEqualTo(seen.get(1).traceId());
        assertThat(seen.get(2).traceId()).isNotEqualTo(seen.get(1).traceId());
    }

    @Test
    void aRequestTakesTheTraceIdThatCameIn() {
        Timing request = recorder.startRequest(Kind.HTTP, 1, 2);
        recorder.stop(recorder.start(select));
        request.series(recorder.series(Kind.HTTP, "GET", "/x"));
        recorder.stop(request);

        assertThat(seen).extracting(Observation::traceId).containsOnly("00000000000000010000000000000002");
    }

    @Test
    void whoAskedIsInheritedByWhatStartsLaterAndForgottenAtTheEnd() {
        Timing request = recorder.startRequest(Kind.HTTP, 0, 0);
        request.series(recorder.series(Kind.HTTP, "GET", "/users"));
        recorder.principal(request, "alice");
        recorder.stop(recorder.start(select));
        recorder.stop(request);
        recorder.stop(recorder.start(select));

        assertThat(seen).extracting(Observation::principal).containsExactly("alice", "alice", null);
    }

    @Test
    void aRequestWhoseHeadersNameNoTraceJoinsThatOfItsBody() throws Exception {
        Timing request = recorder.startRequest(Kind.HTTP, 0, 0);
        request.series(recorder.series(Kind.HTTP, "POST", "/mcp"));
        recorder.join(TRACEPARENT);
        Timing call = recorder.start(select);
        assertThat(recorder.traceparent(call))
                .matches("00-0af7651916cd43dd8448eb211c80319c-(?!b7ad6b7169203331)[0-9a-f]{16}-01");
        Callable<Object> work = recorder.carry(() -> {
            recorder.stop(recorder.start(select));
            return "done";
        });
        recorder.stop(call);
        recorder.stop(request);
        elsewhere.submit(work).get();

        assertThat(seen).hasSize(3).extracting(Observation::traceId).containsOnly("0af7651916cd43dd8448eb211c80319c");
    }

    @Test
    void aRequestJoinsOnAThreadThatWorksForItAfterItsOwnHasLeft() throws Exception {
        Timing request = recorder.startRequest(Kind.HTTP, 0, 0);
        request.series(recorder.series(Kind.HTTP, "POST", "/mcp"));
        Callable<Object> work = recorder.carry(() -> {
            recorder.join(TRACEPARENT);
            recorder.stop(recorder.start(select));
            return "done";
        });
        recorder.detach(request);
        elsewhere.submit(work).get();
        recorder.stopDetached(request);

        assertThat(seen).hasSize(2).extracting(Observation::traceId).containsOnly("0af7651916cd43dd8448eb211c80319c");
    }

    @Test
    void aThreadThatNoLongerWorksForARequestDoesNotSpeakForIt() throws Exception {
        Timing request = recorder.startRequest(Kind.HTTP, 0, 0);
        request.series(recorder.series(Kind.HTTP, "POST", "/mcp"));
        elsewhere.submit(recorder.carry(() -> "done")).get();
        elsewhere.submit(() -> recorder.join(TRACEPARENT)).get();
        recorder.detach(request);
        recorder.join(TRACEPARENT);
        recorder.stopDetached(request);

        assertThat(seen)
                .singleElement()
                .satisfies(observation ->
                        assertThat(observation.traceId()).isNotEqualTo("0af7651916cd43dd8448eb211c80319c"));
    }

    @Test
    void theTraceOfTheHeadersStaysAndSoDoesTheFirstOfTheBodies() {
        Timing request = recorder.startRequest(Kind.HTTP, 1, 2);
        request.traceparent("00-00000000000000010000000000000002-00000000000000aa-00");
        recorder.join(TRACEPARENT);
        recorder.stop(recorder.start(select));
        recorder.stop(request);
        Timing other = recorder.startRequest(Kind.HTTP, 0, 0);
        recorder.join("00-00000000000000030000000000000004-00000000000000aa-00");
        recorder.join(TRACEPARENT);
        recorder.join("nonsense");
        recorder.stop(recorder.start(select));
        recorder.stop(other);

        assertThat(seen)
                .extracting(Observation::traceId)
                .containsExactly("00000000000000010000000000000002", "00000000000000030000000000000004");
    }

    @Test
    void joiningOutsideARequestDoesNothing() {
        recorder.stop(recorder.startRequest(Kind.HTTP, 0, 0));
        recorder.join(TRACEPARENT);
        Timing call = recorder.start(select);
        recorder.join(TRACEPARENT);
        assertThat(recorder.traceparent(call)).endsWith("-00");
        recorder.stop(call);

        assertThat(seen)
                .singleElement()
                .satisfies(observation ->
                        assertThat(observation.traceId()).isNotEqualTo("0af7651916cd43dd8448eb211c80319c"));
    }

    @Test
    void whatIsSentOnIsSampledOnlyIfWhatCameInWas() {
        for (String flags : List.of("00", "01", "03")) {
            Timing request = recorder.startRequest(Kind.HTTP, 1, 2);
            request.traceparent("00-00000000000000010000000000000002-00000000000000aa-" + flags);
            Timing call = recorder.start(select);
            assertThat(recorder.traceparent(call))
                    .startsWith("00-00000000000000010000000000000002-")
                    .endsWith(flags.equals("00") ? "-00" : "-01");
            recorder.stop(call);
            recorder.stop(request);
        }
    }

    @Test
    void aRequestWithoutSeriesIsNotRecorded() {
        recorder.stop(recorder.startRequest(Kind.HTTP, 0, 0));

        assertThat(seen).isEmpty();
    }

    @Test
    void detachedWorkEndsElsewhereAndLeavesItsThreadClean() throws Exception {
        Timing timing = recorder.start(select);
        recorder.detach(timing);
        recorder.stop(recorder.start(select));
        elsewhere.submit(() -> recorder.stopDetached(timing)).get();

        assertThat(seen).hasSize(2);
        assertThat(seen.get(0).traceId()).isNotEqualTo(seen.get(1).traceId());
    }

    @Test
    void carriedWorkBelongsToTheTraceAndLeavesItsThreadClean() throws Exception {
        Timing request = recorder.startRequest(Kind.HTTP, 3, 4);
        request.series(recorder.series(Kind.HTTP, "GET", "/x"));
        Callable<String> work = recorder.carry(() -> {
            recorder.stop(recorder.start(select));
            return "done";
        });
        assertThat(elsewhere.submit(work).get()).isEqualTo("done");
        recorder.stop(request);
        elsewhere.submit(() -> recorder.stop(recorder.start(select))).get();

        assertThat(seen.get(0).traceId()).isEqualTo(seen.get(1).traceId());
        assertThat(seen.get(2).traceId()).isNotEqualTo(seen.get(0).traceId());
    }

    @Test
    void internalWorkIsMarkedAndSoIsWhatItCarries() throws Exception {
        List<Callable<Object>> carried = new ArrayList<>();
        recorder.internally(() -> {
            recorder.stop(recorder.start(select));
            carried.add(recorder.carry(() -> {
                recorder.stop(recorder.start(select));
                return "done";
            }));
        });
        elsewhere.submit(carried.get(0)).get();
        recorder.stop(recorder.start(select));

        assertThat(seen).extracting(Observation::internal).containsExactly(true, true, false);
    }

    @Test
    void aSinkThatThrowsReachesNeitherTheCallerNorTheOtherSinks() {
        ObservationSink broken = new ObservationSink() {
            @Override
            public void accept(Observation observation) {
                throw new IllegalStateException("broken");
            }

            @Override
            public void accept(Sample sample) {
                throw new IllegalStateException("broken");
            }
        };
        for (int position = 0; position < 5; position++) {
            List<ObservationSink> sinks = new ArrayList<>(List.of(seen::add, seen::add, seen::add, seen::add));
            sinks.add(position, broken);
            LiveRecorder recording = recorder(sinks);
            seen.clear();

            assertThatCode(() -> recording.stop(recording.start(recording.series(Kind.METHOD, "m"))))
                    .doesNotThrowAnyException();
            assertThatCode(() -> recording.sample(new Sample("cpu", "%", Instant.EPOCH, 1)))
                    .doesNotThrowAnyException();
            assertThat(seen).hasSize(4);
            assertThat(recording.failures(position)).isEqualTo(2);
        }
    }
}
