package org.ergograph.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.ergograph.observation.NotingRecorder;
import org.junit.jupiter.api.Test;

class DatabaseCallsTest {
    private static final DatabaseCallSettings TWO_AND_ONE = new DatabaseCallSettings(2, 1, Duration.ofSeconds(10));

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // the monotonic clock may overflow
    /** What the server's executor was given and has not yet run: each entry is a thread that hangs until it is run. */
    private final Deque<Runnable> threads = new ArrayDeque<>();

    private final DatabaseCalls calls = new DatabaseCalls(new NotingRecorder(), TWO_AND_ONE, threads::add, now::get);

    private static int status(CompletionStage<Response> answer) {
        return answer.toCompletableFuture().join().getStatus();
    }

    private static boolean open(CompletionStage<Response> answer) {
        return !answer.toCompletableFuture().isDone();
    }

    private static Response ok() {
        return Response.ok("x").build();
    }

    @Test
    void answersWhatTheWorkAnswers() {
        CompletionStage<Response> answer = calls.answer(DatabaseCallsTest::ok);
        assertThat(open(answer)).isTrue();
        threads.remove().run();
        assertThat(status(answer)).isEqualTo(200);
    }

    @Test
    void failureBecomesAProblem() {
        CompletionStage<Response> missing = calls.answer(() -> {
            throw ProblemException.notFound("server", "7");
        });
        CompletionStage<Response> out = calls.answer(() -> {
            throw new SQLException("gone", "08001");
        });
        threads.remove().run();
        threads.remove().run();
        assertThat(status(missing)).isEqualTo(404);
        assertThat(status(out)).isEqualTo(503);
    }

    @Test
    void actsAreRecordedByWhatTheyWereDoneToAndByWhatBecameOfThem() {
        NotingRecorder recorder = new NotingRecorder();
        DatabaseCalls noted = new DatabaseCalls(recorder, TWO_AND_ONE, threads::add, now::get);
        noted.act("rule", "create", () -> "slow", name -> name);
        noted.act("silence", "end", () -> {
            throw ProblemException.notFound("silence", "7");
        });
        noted.act("never begun", "create", () -> "");
        assertThat(recorder.observations()).isEmpty();
        threads.remove().run();
        threads.remove().run();
        assertThat(recorder.observations())
                .extracting(act -> act.series().values() + " " + act.errorType())
                .containsExactly("[rule slow, create] null", "[silence, end] ProblemException");
    }

    @Test
    void errorFreesThePlaceToo() {
        for (int i = 0; i < 5; i++) {
            CompletionStage<Response> answer = calls.answer(() -> {
                throw new LinkageError("planted");
            });
            threads.remove().run();
            assertThat(status(answer)).isEqualTo(500);
        }
        assertThat(open(calls.answer(DatabaseCallsTest::ok))).isTrue();
        assertThat(threads).hasSize(1);
    }

    @Test
    void moreThanFitAreRefusedAtOnce() {
        calls.answer(DatabaseCallsTest::ok);
        calls.answer(DatabaseCallsTest::ok);
        CompletionStage<Response> waits = calls.answer(DatabaseCallsTest::ok);
        CompletionStage<Response> refused = calls.answer(DatabaseCallsTest::ok);
        assertThat(threads).hasSize(2);
        assertThat(status(refused)).isEqualTo(503);
        threads.remove().run();
        assertThat(open(waits)).isTrue();
        assertThat(threads).hasSize(2);
        threads.removeLast().run();
        assertThat(status(waits)).isEqualTo(200);
    }

    @Test
    void lateWorkIsAnswered503AndKeepsItsPlaceUntilItReturns() {
        CompletionStage<Response> first = calls.answer(DatabaseCallsTest::ok);
        CompletionStage<Response> second = calls.answer(DatabaseCallsTest::ok);
        AtomicInteger ran = new AtomicInteger();
        CompletionStage<Response> third = calls.answer(() -> {
            ran.incrementAndGet();
            return ok();
        });
        now.addAndGet(Duration.ofSeconds(10).toNanos() - 1);
        calls.sweep();
        assertThat(open(first)).isTrue();
        now.addAndGet(1);
        calls.sweep();
        assertThat(status(first)).isEqualTo(503);
        assertThat(status(second)).isEqualTo(503);
        assertThat(status(third)).isEqualTo(503);

        CompletionStage<Response> fourth = calls.answer(DatabaseCallsTest::ok);
        assertThat(threads).as("both places are still taken").hasSize(2);
        threads.remove().run();
        threads.removeLast().run();
        assertThat(status(fourth)).isEqualTo(200);
        assertThat(ran).as("work whose answer nobody waits for does not begin").hasValue(0);
    }

    @Test
    void streamKeepsItsPlaceUntilItIsWritten() {
        StreamingOutput stream = out -> {};
        calls.answer(() -> Response.ok(stream).build()).thenAccept(response -> {
            calls.answer(DatabaseCallsTest::ok);
            calls.answer(DatabaseCallsTest::ok);
            assertThat(threads).hasSize(1);
        });
        threads.remove().run();
        assertThat(threads).hasSize(2);
    }

    @Test
    void executorThatRefusesIs503() {
        Executor refusing = work -> {
            throw new RejectedExecutionException("shut down");
        };
        DatabaseCalls refused = new DatabaseCalls(new NotingRecorder(), TWO_AND_ONE, refusing, now::get);
        for (int i = 0; i < 5; i++) {
            assertThat(status(refused.answer(DatabaseCallsTest::ok))).isEqualTo(503);
        }
    }

    @Test
    void workCarriesTheCallersTrace() {
        NotingRecorder recorder = new NotingRecorder();
        DatabaseCalls carried = new DatabaseCalls(recorder, TWO_AND_ONE, Runnable::run, now::get);
        assertThat(status(carried.answer(DatabaseCallsTest::ok))).isEqualTo(200);
        assertThat(recorder.carried()).isEqualTo(1);
    }
}
