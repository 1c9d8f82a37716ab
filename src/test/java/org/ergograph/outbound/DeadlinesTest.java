package org.ergograph.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);
    private final Deadlines deadlines = new Deadlines(scheduler);
    private final LinkedBlockingQueue<String> ended = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
    }

    @Test
    void whatIsDueFirstEndsFirst() throws Exception {
        deadlines.after(Duration.ofMillis(300), () -> ended.add("third"));
        deadlines.after(Duration.ofMillis(50), () -> ended.add("first"));
        deadlines.after(Duration.ofMillis(150), () -> ended.add("second"));
        for (String expected : List.of("first", "second", "third")) {
            assertThat(ended.poll(30, TimeUnit.SECONDS)).isEqualTo(expected);
        }
    }

    @Test
    void nothingEndsBeforeItsTime() throws Exception {
        long start = System.nanoTime();
        CountDownLatch end = new CountDownLatch(1);
        deadlines.after(Duration.ofMillis(100), end::countDown);
        assertThat(end.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(100_000_000L);
    }

    @Test
    void whatIsTakenBackDoesNotEnd() throws Exception {
        deadlines.after(Duration.ofMillis(20), () -> ended.add("taken back")).run();
        deadlines.after(Duration.ofMillis(40), () -> ended.add("kept"));
        assertThat(ended.poll(30, TimeUnit.SECONDS)).isEqualTo("kept");
    }

    @Test
    void manyThatAreInTimeNeedOneWakeUp() {
        List<Runnable> inTime = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            inTime.add(deadlines.after(Duration.ofMinutes(1), () -> ended.add("late")));
        }
        assertThat(scheduler.getQueue()).hasSize(1);
        inTime.forEach(Runnable::run);
        deadlines.after(Duration.ofMinutes(2), () -> ended.add("late"));
        assertThat(scheduler.getQueue()).hasSize(1);
    }

    @Test
    void serverThatStopsTakesNone() {
        scheduler.shutdownNow();
        assertThatThrownBy(() -> deadlines.after(Duration.ofMinutes(1), () -> ended.add("late")))
                .isInstanceOf(RejectedExecutionException.class);
    }
}
