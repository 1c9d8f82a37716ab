package org.ergograph.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.stream.Stream;
import org.ergograph.alert.condition.Verdict.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DampeningTest {
    @ParameterizedTest
    @CsvSource({"1, 1", "1, 64", "64, 64"})
    void numbersWithinTheLimitsAreTaken(int n, int m) {
        assertThat(Dampening.of(n, m)).isEqualTo(new Dampening(n, m, null));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 5, 'n is 0: must be 1 to 64'",
        "65, 65, 'n is 65: must be 1 to 64'",
        "3, 2, 'm is 2: must be 3 (n) to 64'",
        "3, 65, 'm is 65: must be 3 (n) to 64'"
    })
    void otherNumbersAreRefused(int n, int m, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Dampening.of(n, m))
                .withMessage(message);
    }

    @ParameterizedTest
    @CsvSource({"0, PT0S", "0, PT-1S", "2, PT1M"})
    void timeIsPositiveAndAlone(int m, Duration within) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Dampening(2, m, within));
    }

    @Test
    void withoutDampeningOnlyTheNewestIsKept() {
        Recent recent = Recent.NONE
                .with(Outcome.MET, Duration.ofMinutes(1), null)
                .with(Outcome.CLEAR, Duration.ofMinutes(1), null);

        assertThat(recent.found()).containsExactly(new Recent.Found(Duration.ZERO, Outcome.CLEAR));
        assertThat(recent.newest()).contains(new Recent.Found(Duration.ZERO, Outcome.CLEAR));
        assertThat(Recent.NONE.newest()).isEmpty();
    }

    @Test
    void whatIsNoLongerLookedAtIsNotKept() {
        Recent recent = Recent.NONE;
        for (int i = 0; i < 10; i++) {
            recent = recent.with(Outcome.MET, Duration.ofMinutes(1), Dampening.of(2, 3));
        }

        assertThat(recent.found().stream().map(Recent.Found::ago))
                .containsExactly(Duration.ofMinutes(2), Duration.ofMinutes(1), Duration.ZERO);
    }

    @Test
    void whatIsKeptIsBounded() {
        Recent recent = Recent.NONE;
        for (int i = 0; i < Recent.LIMIT + 5; i++) {
            recent = recent.with(Outcome.MET, Duration.ofMillis(1), Dampening.within(2, Duration.ofDays(1)));
        }

        assertThat(recent.found()).hasSize(Recent.LIMIT);
    }

    @Test
    void endOfTheTimeIsExclusive() {
        Dampening hour = Dampening.within(2, Duration.ofHours(1));

        assertThat(Stream.of(Duration.ofHours(1), Duration.ofHours(1).minusNanos(1))
                        .map(elapsed -> Recent.NONE
                                .with(Outcome.MET, Duration.ZERO, hour)
                                .with(Outcome.MET, elapsed, hour)
                                .met()))
                .containsExactly(1L, 2L);
    }
}
