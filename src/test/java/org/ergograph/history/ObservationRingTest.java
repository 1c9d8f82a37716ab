package org.ergograph.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.ergograph.observation.Observation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ObservationRingTest {
    private final Observations observations = new Observations();

    private Observation numbered(long number) {
        return observations.method("m").durationNanos(number).build();
    }

    /** What comes out of the ring, as an observation; null if nothing does. */
    private static @Nullable Observation poll(ObservationRing ring) {
        List<Observation> taken = new ArrayList<>();
        ring.poll((series, start, duration, status, error, high, low, principal, request, response) ->
                taken.add(new Observation(
                        series, start, duration, status, error, high, low, principal, request, response, -1, false,
                        false)));
        return taken.isEmpty() ? null : taken.get(0);
    }

    @Test
    void whatWasOfferedComesOutInOrder() {
        ObservationRing ring = new ObservationRing(8);
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < 6; i++) {
                assertThat(ring.offer(numbered(i))).isTrue();
            }
            assertThat(ring.size()).isEqualTo(6);
            for (int i = 0; i < 6; i++) {
                assertThat(ring.oldestEndEpochNanos()).isGreaterThanOrEqualTo(Observations.FIRST_NANOS);
                assertThat(poll(ring)).extracting(Observation::durationNanos).isEqualTo((long) i);
            }
            assertThat(poll(ring)).isNull();
            assertThat(ring.oldestEndEpochNanos()).isEqualTo(-1);
        }
    }

    @Test
    void everythingThatARowTellsComesOutAsItWentIn() {
        ObservationRing ring = new ObservationRing(2);
        Observation failed = observations
                .http("GET", "/x", 503)
                .error("TimeoutException")
                .principal("ada")
                .trace(-7, Long.MIN_VALUE)
                .build();
        Observation plain = observations.method("m").build();
        for (int round = 0; round < 3; round++) {
            assertThat(ring.offer(failed)).isTrue();
            assertThat(ring.offer(plain)).isTrue();
            assertThat(poll(ring)).isEqualTo(failed);
            assertThat(poll(ring)).isEqualTo(plain);
        }
    }

    @Test
    void seriesBeyondTheFirstHundredsAreKnown() {
        ObservationRing ring = new ObservationRing(1024);
        for (int i = 0; i < 900; i++) {
            assertThat(ring.offer(observations.method("m" + i).build())).isTrue();
        }
        for (int i = 0; i < 900; i++) {
            assertThat(poll(ring)).extracting(next -> next.series().name()).isEqualTo("m" + i);
        }
    }

    @Test
    void fullRingRefusesAndTakesAgainOnceThereIsRoom() {
        ObservationRing ring = new ObservationRing(4);
        for (int i = 0; i < 4; i++) {
            assertThat(ring.offer(numbered(i))).isTrue();
        }
        assertThat(ring.offer(numbered(4))).isFalse();
        assertThat(ring.size()).isEqualTo(4);
        assertThat(poll(ring)).extracting(Observation::durationNanos).isEqualTo(0L);
        assertThat(ring.offer(numbered(5))).isTrue();
        assertThat(ring.offer(numbered(6))).isFalse();
        List<Long> left = new ArrayList<>();
        for (Observation next = poll(ring); next != null; next = poll(ring)) {
            left.add(next.durationNanos());
        }
        assertThat(left).containsExactly(1L, 2L, 3L, 5L);
    }

    @Test
    void capacityIsAPowerOfTwo() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ObservationRing(1000))
                .withMessageContaining("1000");
    }

    /** Each producer's observations come out once each, in its order; what was refused never comes out. */
    @Test
    void eightProducersLoseNothingThatWasTaken() throws Exception {
        int producers = 8;
        int each = 100_000;
        ObservationRing ring = new ObservationRing(1024);
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger running = new AtomicInteger(producers);
        ExecutorService executor = Executors.newFixedThreadPool(producers);
        try {
            List<Future<Long>> taken = new ArrayList<>();
            for (int p = 0; p < producers; p++) {
                long base = (long) p * each;
                taken.add(executor.submit(() -> {
                    go.await();
                    long accepted = 0;
                    for (int i = 0; i < each; i++) {
                        if (ring.offer(numbered(base + i))) {
                            accepted++;
                        }
                    }
                    running.decrementAndGet();
                    return accepted;
                }));
            }
            go.countDown();
            long[] last = new long[producers];
            java.util.Arrays.fill(last, -1);
            long polled = 0;
            while (true) {
                boolean done = running.get() == 0;
                Observation next = poll(ring);
                if (next != null) {
                    int producer = (int) (next.durationNanos() / each);
                    assertThat(next.durationNanos()).isGreaterThan(last[producer]);
                    last[producer] = next.durationNanos();
                    polled++;
                } else if (done) {
                    break;
                } else {
                    Thread.onSpinWait();
                }
            }
            long accepted = 0;
            for (Future<Long> future : taken) {
                accepted += future.get(10, TimeUnit.SECONDS);
            }
            assertThat(polled).isEqualTo(accepted).isPositive();
            assertThat(ring.size()).isZero();
        } finally {
            executor.shutdownNow();
        }
    }
}
