package org.ergograph.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.ergograph.observation.Periodic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private final ScheduledExecutorService oneThread = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final Schedule schedule = new Schedule(oneThread, workers, false);

    @AfterEach
    void end() {
        schedule.stop();
        oneThread.shutdownNow();
        workers.shutdownNow();
    }

    private static Periodic task(Runnable last) {
        return new Periodic() {
            @Override
            public Duration interval() {
                return Duration.ofMillis(10);
            }

            @Override
            public void run() {}

            @Override
            public void stop() {
                last.run();
            }
        };
    }

    @Test
    void workThatHangsHoldsUpNoOtherAndRunsOnce() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger hanging = new AtomicInteger();
        CountDownLatch others = new CountDownLatch(5);
        schedule.add(task(() -> {}), () -> {
            hanging.incrementAndGet();
            await(release);
        });
        schedule.add(task(() -> {}), others::countDown);

        assertThat(others.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(hanging).hasValue(1);
        release.countDown();
    }

    @Test
    void workThatFailsGoesOnAndIsCounted() throws Exception {
        CountDownLatch runs = new CountDownLatch(3);
        schedule.add(task(() -> {}), () -> {
            runs.countDown();
            throw new IllegalStateException("broken");
        });

        assertThat(runs.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(schedule.failures()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void everyTaskHasItsLastWordEvenIfOneFailsToStop() {
        AtomicInteger stopped = new AtomicInteger();
        schedule.add(task(stopped::incrementAndGet), () -> {});
        schedule.add(
                task(() -> {
                    throw new IllegalStateException("broken");
                }),
                () -> {});

        schedule.stop();

        assertThat(stopped).hasValue(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
