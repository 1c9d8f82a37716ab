package org.ergograph.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ergograph.alert.AlertState.Failed;
import org.ergograph.alert.AlertState.Firing;
import org.ergograph.alert.AlertState.Inactive;
import org.ergograph.alert.AlertState.NoData;
import org.ergograph.alert.AlertState.Pending;
import org.ergograph.alert.AlertState.Resolved;
import org.ergograph.alert.AlertState.Resolving;
import org.ergograph.alert.condition.Verdict;
import org.ergograph.alert.condition.Verdict.Outcome;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is found in whatever order. */
class LifecyclePropertyTest {
    private static final int LENGTH = 250;

    /** One evaluation. */
    private record Evaluation(Outcome outcome, Duration elapsed) {}

    private static RuleTiming timing(Random random) {
        return new RuleTiming(
                Duration.ofMinutes(1),
                Duration.ofSeconds(random.nextInt(4) * 60L),
                Duration.ofSeconds(random.nextInt(4) * 60L),
                dampening(random),
                one(random, List.of(OnNoData.values())),
                true);
    }

    private static <T> T one(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static @Nullable Dampening dampening(Random random) {
        int n = 1 + random.nextInt(3);
        return switch (random.nextInt(3)) {
            case 0 -> null;
            case 1 -> Dampening.of(n, n + random.nextInt(3));
            default -> Dampening.within(n, Duration.ofMinutes(1 + random.nextInt(5)));
        };
    }

    /** The same is found several times in a row, as it is in life. */
    private static List<Evaluation> evaluations(Random random) {
        List<Evaluation> evaluations = new ArrayList<>();
        Outcome outcome = Outcome.CLEAR;
        for (int i = 0; i < LENGTH; i++) {
            if (random.nextInt(3) == 0) {
                outcome = one(random, List.of(Outcome.values()));
            }
            evaluations.add(new Evaluation(outcome, Duration.ofSeconds(random.nextInt(120))));
        }
        return evaluations;
    }

    private static Transition next(AlertState state, Recent recent, RuleTiming timing, Evaluation step, Instant now) {
        return Lifecycle.next(state, recent, timing, Verdict.without(step.outcome(), "why"), step.elapsed(), now);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void firesOnlyAfterTheHoldAndIsResolvedOnlyAfterWhatIsKept(long seed) {
        Random random = new Random(seed);
        for (int run = 0; run < 8; run++) {
            RuleTiming timing = timing(random);
            AlertState state = new Inactive(Samples.NOON);
            Recent recent = Recent.NONE;
            Duration notClear = Duration.ZERO;
            Duration notMet = Duration.ZERO;
            boolean fired = false;
            for (Evaluation step : evaluations(random)) {
                Transition led = next(state, recent, timing, step, Samples.NOON);
                AlertState known = led.state().known();
                boolean counts = !(led.state() instanceof NoData) && !(led.state() instanceof Failed);
                Duration elapsed = counts ? step.elapsed() : Duration.ZERO;
                // An upper bound of the time that counts: since it left where it was, without what is unknown.
                notClear = state.known() instanceof Pending ? notClear.plus(elapsed) : Duration.ZERO;
                notMet = state.known() instanceof Resolving ? notMet.plus(elapsed) : Duration.ZERO;
                if (known instanceof Firing && !state.fires()) {
                    assertThat(notClear).isGreaterThanOrEqualTo(timing.hold());
                    fired = true;
                }
                if (known instanceof Resolved) {
                    assertThat(fired).isTrue();
                    assertThat(notMet).isGreaterThanOrEqualTo(timing.keepFiringFor());
                    known = new Inactive(Samples.NOON);
                    led = new Transition(known, Recent.NONE, "", true);
                    fired = false;
                }
                state = led.state();
                recent = led.recent();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25, 26, 27, 28, 29, 30})
    void clockThatIsMovedChangesNothing(long seed) {
        Random random = new Random(seed);
        for (int run = 0; run < 8; run++) {
            RuleTiming timing = timing(random);
            AlertState straight = new Inactive(Samples.NOON);
            AlertState moved = straight;
            Recent straightRecent = Recent.NONE;
            Recent movedRecent = Recent.NONE;
            Instant now = Samples.NOON;
            for (Evaluation step : evaluations(random)) {
                now = now.plus(step.elapsed());
                Instant jumped = now.plusSeconds(random.nextInt(7200) - 3600L);
                Transition one = next(straight, straightRecent, timing, step, now);
                Transition other = next(moved, movedRecent, timing, step, jumped);
                assertThat(other.state().word()).isEqualTo(one.state().word());
                assertThat(other.reason()).isEqualTo(one.reason());
                assertThat(other.changed()).isEqualTo(one.changed());
                straight = one.state();
                straightRecent = one.recent();
                moved = other.state();
                movedRecent = other.recent();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33, 34, 35, 36, 37, 38, 39, 40})
    void freezingLosesNothing(long seed) {
        Random random = new Random(seed);
        for (int run = 0; run < 8; run++) {
            RuleTiming timing = Samples.onNoData(timing(random), OnNoData.KEEP);
            AlertState whole = new Inactive(Samples.NOON);
            AlertState frozen = whole;
            Recent wholeRecent = Recent.NONE;
            Recent frozenRecent = Recent.NONE;
            for (Evaluation step : evaluations(random)) {
                if (step.outcome() == Outcome.NO_DATA || step.outcome() == Outcome.ERROR) {
                    Transition freeze = next(frozen, frozenRecent, timing, step, Samples.NOON);
                    assertThat(freeze.state().known()).isEqualTo(frozen.known());
                    assertThat(freeze.recent()).isEqualTo(frozenRecent);
                    frozen = freeze.state();
                    frozenRecent = freeze.recent();
                    continue;
                }
                // What is known again is known from here: no time has gone by since it was known before.
                boolean isThawing = frozen.known() != frozen;
                Evaluation without = isThawing ? new Evaluation(step.outcome(), Duration.ZERO) : step;
                Transition one = next(whole, wholeRecent, timing, without, Samples.NOON);
                Transition other = next(frozen, frozenRecent, timing, step, Samples.NOON);
                assertThat(other.state()).isEqualTo(one.state());
                assertThat(other.recent()).isEqualTo(one.recent());
                whole = one.state();
                wholeRecent = one.recent();
                frozen = other.state();
                frozenRecent = other.recent();
            }
        }
    }
}
