package org.ergograph.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ergograph.observation.Kind;
import org.ergograph.observation.Sample;
import org.ergograph.observation.Series;
import org.ergograph.observation.SeriesRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowSinkTest {
    private static final Duration LENGTH = Duration.ofMinutes(5);
    private static final Duration SLOT = Duration.ofSeconds(10);

    private final SeriesRegistry registry = new SeriesRegistry(1000);
    private final ManualTime time = new ManualTime();
    private final WindowSink window = new WindowSink(LENGTH, time, 8);
    private final Series get = registry.resolve(Kind.HTTP, "GET", "/a");
    private final Series select = registry.resolve(Kind.DB, "select", "a");

    @Test
    void snapshotTellsWhatWasRecorded() {
        window.accept(Observed.success(get, 1_000_000));
        window.accept(Observed.error(get, 3_000_000));
        window.accept(Observed.success(select, 500));
        time.advance(Duration.ofSeconds(2));

        WindowSnapshot snapshot = window.snapshot();

        assertThat(snapshot.series()).extracting(SeriesWindow::series).containsExactly(get, select);
        Distribution http = snapshot.of(Kind.HTTP);
        assertThat(http.count()).isEqualTo(2);
        assertThat(http.errors()).isEqualTo(1);
        assertThat(http.errorRate()).hasValue(0.5);
        assertThat(http.meanSeconds()).hasValue(0.002);
        assertThat(snapshot.overall().count()).isEqualTo(3);
        assertThat(snapshot.of(Kind.TOOL).count()).isZero();
        assertThat(snapshot.at()).isEqualTo(Instant.parse("2026-11-01T00:00:02Z"));
        assertThat(snapshot.covered()).isEqualTo(Duration.ofSeconds(2));
        assertThat(snapshot.ratePerSecond(http)).isEqualTo(1.0);
    }

    @Test
    void totalsDifferInWhatHappenedInBetweenHoweverLongThatWas() {
        window.accept(Observed.error(get, 5_000_000_000L));
        window.accept(Observed.success(select, 1_000));
        Totals before = window.totals(series -> series.kind() == Kind.HTTP);
        for (int i = 0; i < 100; i++) {
            window.accept(i < 90 ? Observed.success(get, 1_000_000) : Observed.error(get, 200_000_000));
            window.accept(Observed.success(select, 1_000));
            time.advance(SLOT);
            window.run();
        }
        Totals now = window.totals(series -> series.kind() == Kind.HTTP);

        assertThat(now.series()).containsExactly(get);
        assertThat(now.since(before)).hasSize(1);
        Distribution between = now.since(before).get(0).distribution();
        assertThat(between.count()).isEqualTo(100);
        assertThat(between.errors()).isEqualTo(10);
        assertThat(between.sumNanos()).isEqualTo(90 * 1_000_000L + 10 * 200_000_000L);
        assertThat(between.quantileSeconds(0.9).orElseThrow()).isCloseTo(0.001, within(0.00001));
        assertThat(between.quantileSeconds(1).orElseThrow()).isCloseTo(0.2, within(0.002));
        assertThat(now.since(now)).isEmpty();
    }

    @Test
    void seriesThatIsNewSinceTheEarlierTotalsIsInTheDifferenceAsAWhole() {
        Totals before = window.totals(series -> true);
        window.accept(Observed.success(select, 1_000));

        assertThat(window.totals(series -> true).since(before))
                .extracting(SeriesWindow::series)
                .containsExactly(select);
    }

    @Test
    void rateCountsAtLeastOneSecond() {
        time.advance(Duration.ofMillis(10));
        window.accept(Observed.success(get, 1));
        WindowSnapshot snapshot = window.snapshot();
        assertThat(snapshot.ratePerSecond(snapshot.overall())).isEqualTo(1.0);
    }

    @Test
    void everyObservationIsSeenForTheWholeWindowAndAtMostOneSlotLonger() {
        advanceSealing(Duration.ofSeconds(3));
        window.accept(Observed.error(get, 1_000_000));
        advanceSealing(LENGTH);
        assertThat(window.snapshot().overall().count()).isEqualTo(1);
        assertThat(window.snapshot().overall().errors()).isEqualTo(1);
        advanceSealing(SLOT);
        WindowSnapshot after = window.snapshot();
        assertThat(after.series()).isEmpty();
        assertThat(after.overall().errors()).isZero();
        assertThat(after.overall().sumNanos()).isZero();
    }

    @Test
    void rateIsOverTheWindowOnceTheProcessIsOlder() {
        for (int second = 0; second < 1_000; second++) {
            window.accept(Observed.success(get, 1_000));
            window.accept(Observed.success(get, 2_000));
            advanceSealing(Duration.ofSeconds(1));
        }
        WindowSnapshot snapshot = window.snapshot();
        assertThat(snapshot.ratePerSecond(snapshot.overall())).isCloseTo(2.0, within(0.01));
        assertThat(snapshot.covered()).isBetween(LENGTH, LENGTH.plus(SLOT));
    }

    @Test
    void lateSealLosesNothingAndSaysWhatItCovers() {
        window.accept(Observed.success(get, 1_000));
        time.advance(Duration.ofSeconds(1_000));
        window.accept(Observed.success(get, 1_000));
        window.run();
        WindowSnapshot late = window.snapshot();
        assertThat(late.overall().count()).isEqualTo(2);
        assertThat(late.covered()).isEqualTo(Duration.ofSeconds(1_000));
        advanceSealing(LENGTH.plusSeconds(1));
        assertThat(window.snapshot().overall().count()).isZero();
    }

    @Test
    void snapshotsSlideWithoutTheSchedule() {
        window.accept(Observed.success(get, 1_000));
        for (int i = 0; i < 31; i++) {
            time.advance(SLOT);
            window.snapshot();
        }
        assertThat(window.snapshot().overall().count()).isZero();
    }

    @Test
    void snapshotDoesNotChangeAfterwards() {
        window.accept(Observed.success(get, 1_000));
        WindowSnapshot before = window.snapshot();
        window.accept(Observed.success(get, 1_000));
        advanceSealing(SLOT);
        assertThat(before.overall().count()).isEqualTo(1);
        assertThat(window.snapshot().overall().count()).isEqualTo(2);
    }

    @Test
    void eightThreadsCountExactlyWhileOthersReadAndSeal() throws InterruptedException {
        int threads = 8;
        int each = 100_000;
        AtomicBoolean done = new AtomicBoolean();
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> workers = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int thread = t;
            workers.add(new Thread(() -> {
                awaitQuietly(start);
                for (int i = 0; i < each; i++) {
                    Series series = (i & 1) == 0 ? get : select;
                    long nanos = 1L + (long) i * (thread + 1);
                    window.accept(i % 10 == 0 ? Observed.error(series, nanos) : Observed.success(series, nanos));
                }
            }));
        }
        List<String> wrong = new ArrayList<>();
        Thread reader = new Thread(() -> {
            long last = 0;
            while (!done.get()) {
                time.advance(Duration.ofMillis(100)); // seals now and then, and never slides
                WindowSnapshot snapshot = window.snapshot();
                long count = snapshot.overall().count();
                if (count < last || snapshot.overall().errors() > count) {
                    wrong.add(last + " then " + count);
                }
                last = count;
                if (snapshot.covered().compareTo(Duration.ofSeconds(200)) > 0) {
                    return;
                }
            }
        });
        workers.forEach(Thread::start);
        reader.start();
        start.countDown();
        for (Thread worker : workers) {
            worker.join();
        }
        done.set(true);
        reader.join();

        WindowSnapshot snapshot = window.snapshot();
        long sum = 0;
        for (int thread = 0; thread < threads; thread++) {
            sum += each + (thread + 1) * ((long) each * (each - 1) / 2);
        }
        assertThat(wrong).isEmpty();
        assertThat(snapshot.overall().count()).isEqualTo((long) threads * each);
        assertThat(snapshot.of(Kind.HTTP).count()).isEqualTo((long) threads * each / 2);
        assertThat(snapshot.overall().errors()).isEqualTo((long) threads * each / 10);
        assertThat(snapshot.overall().sumNanos()).isEqualTo(sum);
    }

    @Test
    void seriesBeyondTheRegistrysBoundShareOne() {
        for (int i = 0; i < 100_000; i++) {
            window.accept(Observed.success(registry.resolve(Kind.TOOL, "tool" + i, "general"), 1_000));
        }
        WindowSnapshot snapshot = window.snapshot();
        assertThat(snapshot.series()).hasSize(1_001);
        assertThat(snapshot.of(Kind.TOOL).count()).isEqualTo(100_000);
    }

    @Test
    void slotsAreBounded() {
        for (int i = 0; i < 5_000; i++) {
            window.accept(Observed.success(get, i));
            window.accept(sample("cpu", i));
            advanceSealing(Duration.ofSeconds(7));
        }
        assertThat(window.slots()).isLessThanOrEqualTo(31);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 4", "4, 4", "5, 8", "8, 8", "96, 8", "0, 1"})
    void stripesAreThePowerOfTwoThatCoversTheProcessors(int processors, int stripes) {
        assertThat(WindowSink.stripes(processors)).isEqualTo(stripes);
    }

    @ParameterizedTest
    @CsvSource({"PT10S, PT1S", "PT30S, PT1S", "PT5M, PT10S", "PT1H, PT2M"})
    void slotIsAThirtiethOfTheWindowAndASecondAtLeast(Duration length, Duration slot) {
        assertThat(new WindowSink(length, time, 1).interval()).isEqualTo(slot);
    }

    @Test
    void samplesAreToldByName() {
        window.accept(sample("cpu", 10));
        advanceSealing(SLOT);
        window.accept(sample("cpu", 40));
        window.accept(sample("cpu", 25));

        SampleWindow cpu = window.snapshot().samples().get("cpu");

        assertThat(cpu).isEqualTo(new SampleWindow("cpu", "%", 3, 25, time.now(), 10, 40, 25));
        advanceSealing(LENGTH.plus(SLOT));
        assertThat(window.snapshot().samples()).isEmpty();
    }

    @Test
    void namesOfSamplesAreBounded() {
        int refused = 0;
        for (int i = 0; i < SampleBook.MAX_NAMES + 5; i++) {
            try {
                window.accept(sample("pool" + i, 1));
            } catch (IllegalStateException e) {
                refused++;
            }
        }
        assertThat(refused).isEqualTo(5);
        assertThat(window.snapshot().samples()).hasSize(SampleBook.MAX_NAMES);
    }

    private Sample sample(String name, double value) {
        return new Sample(name, "%", time.now(), value);
    }

    /** Time passes second by second, and the schedule runs as it would. */
    private void advanceSealing(Duration by) {
        for (long second = 0; second < by.toSeconds(); second++) {
            time.advance(Duration.ofSeconds(1));
            window.run();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
