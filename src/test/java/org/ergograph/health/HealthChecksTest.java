package org.ergograph.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.ergograph.observation.NotingRecorder;
import org.ergograph.observation.Sample;
import org.junit.jupiter.api.Test;

class HealthChecksTest {
    static final HealthSettings SETTINGS =
            new HealthSettings(Duration.ofSeconds(30), Duration.ofSeconds(10), 90, 90, 90, List.of(), List.of());

    private final FakeTime time = new FakeTime();
    private final NotingRecorder recorder = new NotingRecorder();
    private final Deque<Runnable> started = new ArrayDeque<>();
    private Supplier<Finding> answer = () -> Finding.of(HealthState.HEALTHY, "fine");

    private final HealthProbe probe = new HealthProbe() {
        @Override
        public String name() {
            return "thing";
        }

        @Override
        public Finding check() {
            return answer.get();
        }
    };

    private final HealthChecks checks = new HealthChecks(List.of(probe), recorder, time, SETTINGS, started::add);

    private CheckResult result() {
        return checks.results().get(0);
    }

    private void runStarted() {
        while (!started.isEmpty()) {
            started.remove().run();
        }
    }

    @Test
    void checkRunsAtOnceAndThenOnSchedule() {
        assertThat(result().state()).isEqualTo(HealthState.UNKNOWN);
        checks.run();
        runStarted();
        assertThat(result().state()).isEqualTo(HealthState.HEALTHY);
        assertThat(recorder.only()).satisfies(check -> {
            assertThat(check.series()).hasToString("external health/thing");
            assertThat(check.errorType()).isNull();
            assertThat(check.internal()).isTrue();
        });
        time.pass(Duration.ofSeconds(30).minusNanos(1));
        checks.run();
        assertThat(started).isEmpty();
        time.pass(Duration.ofNanos(1));
        checks.run();
        assertThat(started).hasSize(1);
    }

    @Test
    void checkThatHangsIsGivenUpAndNotBegunAgainUntilItReturns() {
        checks.run();
        time.pass(Duration.ofSeconds(10).minusNanos(1));
        checks.run();
        assertThat(result().state()).isEqualTo(HealthState.UNKNOWN);
        time.pass(Duration.ofNanos(1));
        checks.run();
        assertThat(result().state()).isEqualTo(HealthState.UNHEALTHY);
        assertThat(result().finding().error()).isEqualTo("timeout");
        Instant givenUp = time.now();
        time.pass(ScheduledCheck.RECHECK.minusNanos(1));
        checks.run();
        assertThat(recorder.observations()).hasSize(1);
        time.pass(Duration.ofNanos(1));
        for (int i = 0; i < 60; i++) {
            checks.run();
            checks.run();
            time.pass(ScheduledCheck.RECHECK);
        }
        checks.run();
        assertThat(started).as("one thread at most").hasSize(1);
        assertThat(recorder.observations())
                .as("as many as if it were begun again each time")
                .hasSize(62)
                .allSatisfy(each -> assertThat(each.errorType()).isEqualTo("timeout"));
        assertThat(recorder.samples())
                .hasSize(62)
                .allSatisfy(each -> assertThat(each.value()).isEqualTo(2));
        assertThat(result().at()).isEqualTo(time.now()).isAfter(givenUp);
        assertThat(result().finding().message())
                .isEqualTo("no answer within PT10S, and it still hangs, since " + givenUp.minusSeconds(10));
        runStarted();
        assertThat(recorder.open()).isZero();
        assertThat(recorder.observations()).as("its end is no observation more").hasSize(62);
        assertThat(result().finding().error())
                .as("what comes too late is no answer")
                .isEqualTo("timeout");
        checks.run();
        runStarted();
        assertThat(result().state()).isEqualTo(HealthState.HEALTHY);
    }

    @Test
    void resultIsForgottenWhenNothingRunsTheCheckAnyMore() {
        checks.run();
        Instant checked = time.now();
        runStarted();
        time.pass(Duration.ofSeconds(100));
        assertThat(result().state()).as("three intervals and the timeout").isEqualTo(HealthState.HEALTHY);
        time.pass(Duration.ofNanos(1));
        assertThat(result().state()).isEqualTo(HealthState.UNKNOWN);
        assertThat(result().state().works()).as("a node that needs it is ready").isFalse();
        assertThat(result().finding().message()).isEqualTo("not checked since " + checked);
        assertThat(result().at()).isEqualTo(checked);
        checks.run();
        runStarted();
        assertThat(result().state()).isEqualTo(HealthState.HEALTHY);
    }

    @Test
    void resultOfACheckThatRunsOftenIsTrueForAMinute() {
        HealthSettings often =
                new HealthSettings(Duration.ofSeconds(1), Duration.ofSeconds(2), 90, 90, 90, List.of(), List.of());
        HealthChecks each = new HealthChecks(List.of(probe), recorder, time, often, Runnable::run);
        each.run();
        time.pass(Duration.ofSeconds(62));
        assertThat(each.results()).extracting(CheckResult::state).containsExactly(HealthState.HEALTHY);
        time.pass(Duration.ofNanos(1));
        assertThat(each.results()).extracting(CheckResult::state).containsExactly(HealthState.UNKNOWN);
    }

    @Test
    void checksThatFoundNoPlaceComeFirstTheNextTime() {
        int places = 2;
        List<String> answered = new ArrayList<>();
        AtomicInteger free = new AtomicInteger();
        List<HealthProbe> many = Stream.of("a", "b", "c", "d", "e")
                .<HealthProbe>map(name -> new HealthProbe() {
                    @Override
                    public String name() {
                        return name;
                    }

                    @Override
                    public Finding check() {
                        if (free.getAndDecrement() <= 0) {
                            return Finding.of(HealthState.UNKNOWN, "too many requests at once");
                        }
                        answered.add(name);
                        return Finding.unhealthy("it does not answer", "timeout");
                    }
                })
                .toList();
        HealthChecks all = new HealthChecks(many, recorder, time, SETTINGS, Runnable::run);
        for (int i = 0; i < 4; i++) {
            free.set(places);
            all.run();
            time.pass(ScheduledCheck.RECHECK);
        }
        assertThat(answered).containsExactly("a", "b", "c", "d", "e", "a", "b", "c");
    }

    @Test
    void whatIsNotHealthyIsLookedAtAgainSooner() {
        answer = () -> Finding.of(HealthState.DEGRADED, "slow");
        checks.run();
        runStarted();
        time.pass(ScheduledCheck.RECHECK.minusNanos(1));
        checks.run();
        assertThat(started).isEmpty();
        time.pass(Duration.ofNanos(1));
        checks.run();
        assertThat(started).hasSize(1);
    }

    @Test
    void checkThatThrowsIsUnhealthyAndRecordedAsAnError() {
        answer = () -> {
            throw new IllegalStateException("secret");
        };
        checks.run();
        runStarted();
        assertThat(result().state()).isEqualTo(HealthState.UNHEALTHY);
        assertThat(result().finding().error()).isEqualTo("IllegalStateException");
        assertThat(result().json().toString()).doesNotContain("secret");
        assertThat(recorder.only().errorType()).isEqualTo("IllegalStateException");
    }

    @Test
    void checkAskedForByNameRunsNow() {
        checks.run();
        runStarted();
        answer = () -> Finding.of(HealthState.DEGRADED, "worse");
        CompletableFuture<CheckResult> asked =
                checks.named("thing").orElseThrow().run();
        assertThat(asked).isNotDone();
        runStarted();
        assertThat(asked.join().state()).isEqualTo(HealthState.DEGRADED);
        assertThat(result().state()).isEqualTo(HealthState.DEGRADED);
        assertThat(checks.named("other")).isEmpty();
    }

    @Test
    void runThatIsGivenUpIsRecordedThenAndOnceOnly() {
        List<CheckResult> meanwhile = new ArrayList<>();
        answer = () -> {
            time.pass(Duration.ofSeconds(10));
            checks.run();
            meanwhile.add(result());
            assertThat(recorder.only().errorType()).isEqualTo("timeout");
            return Finding.of(HealthState.HEALTHY, "too late");
        };
        checks.run();
        runStarted();
        assertThat(meanwhile.get(0).finding().error()).isEqualTo("timeout");
        assertThat(result()).isEqualTo(meanwhile.get(0));
        assertThat(recorder.observations()).hasSize(1);
        assertThat(recorder.currentTrace())
                .as("the thread works for nothing any more")
                .isZero();
    }

    @Test
    void stateIsASampleUnlessItIsNotKnown() {
        for (HealthState state : HealthState.values()) {
            answer = () -> Finding.of(state, "found");
            checks.run();
            runStarted();
            time.pass(Duration.ofSeconds(30));
        }
        assertThat(recorder.samples()).extracting(Sample::name).containsOnly("health_thing");
        assertThat(recorder.samples()).extracting(Sample::value).containsExactly(0.0, 1.0, 2.0);
    }

    @Test
    void checkMaySayHowLongItMayTake() {
        HealthProbe quick = new HealthProbe() {
            @Override
            public String name() {
                return "quick";
            }

            @Override
            public Finding check() {
                return Finding.of(HealthState.HEALTHY, "fine");
            }

            @Override
            public Optional<Duration> timeout() {
                return Optional.of(Duration.ofSeconds(1));
            }
        };
        HealthChecks both = new HealthChecks(List.of(probe, quick), recorder, time, SETTINGS, work -> {});
        both.run();
        time.pass(Duration.ofSeconds(1));
        both.run();
        assertThat(both.results())
                .extracting(CheckResult::state)
                .containsExactly(HealthState.UNHEALTHY, HealthState.UNKNOWN);
    }

    @Test
    void namesThatAreTakenMalformedOrUnknownEndTheDeployment() {
        assertThatThrownBy(() -> new HealthChecks(List.of(probe, probe), recorder, time, SETTINGS, started::add))
                .hasMessage("there are two health checks 'thing'");
        HealthSettings ready = new HealthSettings(
                Duration.ofSeconds(30), Duration.ofSeconds(10), 90, 90, 90, List.of(), List.of("thing", "other"));
        assertThatThrownBy(() -> new HealthChecks(List.of(probe), recorder, time, ready, started::add))
                .hasMessage("configuration: ergograph.health.ready is 'other': must be names of health checks: thing");
    }

    @Test
    void serverThatTakesNoWorkMakesTheCheckUnhealthy() {
        HealthChecks refused = new HealthChecks(List.of(probe), recorder, time, SETTINGS, work -> {
            throw new RejectedExecutionException();
        });
        refused.run();
        assertThat(refused.results().get(0).finding().error()).isEqualTo("rejected");
        time.pass(Duration.ofSeconds(30));
        refused.run();
        assertThat(refused.results()).hasSize(1);
    }
}
