package org.ergograph.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.ergograph.observation.NotingRecorder;
import org.junit.jupiter.api.Test;

class AsyncRequestTest {
    private final Edge edge = new Edge();
    private final NotingRecorder recorder = edge.recorder;
    private final FakeRequest request = new FakeRequest("GET").user("alice");
    private final FakeResponse response = new FakeResponse();

    private void suspend() throws Exception {
        edge.send(request, response, (asked, answer) -> asked.startAsync(asked, answer));
    }

    @Test
    void requestIsTimedToItsCompletion() throws Exception {
        suspend();
        assertThat(recorder.observations()).isEmpty();
        assertThat(edge.edge.activeRequests()).isEqualTo(1);
        assertThat(recorder.currentTrace()).isZero();
        assertThat(Current.get()).isNull();

        recorder.advanceMillis(40);
        request.complete();

        assertThat(recorder.only().durationNanos()).isEqualTo(40_000_000);
        assertThat(recorder.only().principal()).isEqualTo("alice");
        assertThat(recorder.only().allocatedBytes()).isEqualTo(-1);
        assertThat(edge.edge.activeRequests()).isZero();
    }

    @Test
    void completionIsCountedOnce() throws Exception {
        suspend();
        request.complete();
        request.complete();
        request.error(new IllegalStateException("late"));

        assertThat(recorder.only().errorType()).isNull();
        assertThat(edge.edge.activeRequests()).isZero();
    }

    @Test
    void completionBeforeTheDispatchReturnsIsCountedOnce() throws Exception {
        edge.send(request, response, (asked, answer) -> {
            asked.startAsync(asked, answer);
            request.complete();
            assertThat(recorder.observations()).isEmpty();
        });

        assertThat(recorder.only().status()).isEqualTo(200);
        assertThat(edge.edge.activeRequests()).isZero();
    }

    @Test
    void contextThatWasStartedPastTheWrapperIsNoticed() throws Exception {
        edge.send(
                request,
                response,
                (asked, answer) -> ((MeasuredRequest) asked).getRequest().startAsync());
        assertThat(recorder.observations()).isEmpty();
        request.complete();

        assertThat(recorder.only().responseBytes()).isEqualTo(-1);
    }

    @Test
    void failureIsAnError() throws Exception {
        suspend();
        response.status(500);
        request.error(new IllegalStateException("late"));
        request.complete();

        assertThat(recorder.only().errorType()).isEqualTo("IllegalStateException");
        assertThat(recorder.only().status()).isEqualTo(500);
    }

    @Test
    void clientThatGoesAwayInTheMiddleIsNoError() throws Exception {
        suspend();
        response.commit();
        request.error(new IOException("broken pipe"));

        assertThat(recorder.only().errorType()).isNull();
        assertThat(recorder.only().status()).isEqualTo(200);
    }

    @Test
    void timeoutThatNobodyAnswersIsAnError() throws Exception {
        suspend();
        request.timeout();
        assertThat(recorder.observations()).isEmpty();
        request.complete();

        assertThat(recorder.only().status()).isEqualTo(500);
        assertThat(recorder.only().errorType()).isEqualTo("500");
    }

    @Test
    void timeoutThatTheApplicationAnswersHasItsStatus() throws Exception {
        suspend();
        request.timeout();
        response.status(408);
        request.complete();

        assertThat(recorder.only().status()).isEqualTo(408);
        assertThat(recorder.only().errorType()).isNull();
    }

    @Test
    void exceptionAfterTheStartEndsIt() throws Exception {
        assertThatThrownBy(() -> edge.send(request, response, (asked, answer) -> {
                    asked.startAsync(asked, answer);
                    throw new IOException("no");
                }))
                .isExactlyInstanceOf(IOException.class);
        request.complete();

        assertThat(recorder.only().errorType()).isEqualTo("IOException");
        assertThat(edge.edge.activeRequests()).isZero();
    }

    @Test
    void laterDispatchBelongsToTheSameTraceAndIsNotCountedAgain() throws Exception {
        long[] traces = new long[2];
        edge.send(request, response, (asked, answer) -> {
            traces[0] = recorder.currentTrace();
            asked.startAsync(asked, answer);
        });
        edge.send(request.dispatched(DispatcherType.ASYNC), response, (asked, answer) -> {
            traces[1] = recorder.currentTrace();
            assertThat(Current.get()).isNotNull();
        });
        assertThat(recorder.observations()).isEmpty();
        assertThat(Current.get()).isNull();
        request.complete();

        assertThat(traces[1]).isEqualTo(traces[0]).isNotZero();
        assertThat(recorder.observations()).hasSize(1);
    }

    @Test
    void errorDispatchIsNotCounted() throws Exception {
        edge.send(request.dispatched(DispatcherType.ERROR), response, (asked, answer) -> {});

        assertThat(recorder.observations()).isEmpty();
    }

    @Test
    void completionThatRacesWithTheDispatchIsCountedOnce() throws Exception {
        int rounds = 2_000;
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            List<Future<?>> completions = new ArrayList<>();
            for (int i = 0; i < rounds; i++) {
                FakeRequest raced = new FakeRequest("GET");
                CyclicBarrier start = new CyclicBarrier(2);
                edge.send(raced, new FakeResponse(), (asked, answer) -> {
                    asked.startAsync(asked, answer);
                    completions.add(other.submit(() -> {
                        start.await();
                        raced.complete();
                        return null;
                    }));
                    await(start);
                });
            }
            for (Future<?> completion : completions) {
                completion.get();
            }
        } finally {
            other.shutdown();
        }

        assertThat(recorder.observations()).hasSize(rounds);
        assertThat(recorder.open()).isZero();
        assertThat(edge.edge.activeRequests()).isZero();
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
