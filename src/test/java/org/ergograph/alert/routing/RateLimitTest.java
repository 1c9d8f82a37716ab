package org.ergograph.alert.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Optional;
import org.ergograph.alert.routing.RateLimit.Left;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private static final long SECOND = 1_000_000_000L;
    private static final RateLimit SIX = new RateLimit(6);

    private static Left after(RateLimit limit, int messages, long nowNanos) {
        Left left = limit.full(nowNanos);
        for (int i = 0; i < messages; i++) {
            left = limit.take(left, nowNanos).orElseThrow();
        }
        return left;
    }

    @Test
    void allOfAMinuteMayComeAtOnceAndNoMore() {
        Left left = after(SIX, 6, 0);

        assertThat(SIX.take(left, 0)).isEmpty();
        assertThat(SIX.untilNext(left, 0)).isEqualTo(Duration.ofSeconds(10));
        assertThat(SIX.untilNext(SIX.full(0), 0)).isEqualTo(Duration.ZERO);
    }

    @Test
    void oneMoreIsLeftAfterItsShareOfTheMinute() {
        Left left = after(SIX, 6, 0);

        assertThat(SIX.take(left, 10 * SECOND - 1)).isEmpty();
        assertThat(SIX.untilNext(left, 4 * SECOND)).isEqualTo(Duration.ofSeconds(6));
        assertThat(SIX.take(left, 10 * SECOND)).contains(new Left(0, 10 * SECOND));
    }

    @Test
    void noMoreThanAMinuteIsSavedUp() {
        Left left = after(SIX, 1, 0);

        assertThat(SIX.take(left, 3600 * SECOND)).contains(new Left(5, 3600 * SECOND));
    }

    @Test
    void timeThatGoesBackwardsGivesAndTakesNothing() {
        Left left = after(SIX, 5, 100 * SECOND);

        assertThat(SIX.take(left, 0)).isEqualTo(Optional.of(new Left(0, 0)));
    }

    @Test
    void neverMoreThanTheLimitAndItsShareOfTheTime() {
        RateLimit limit = new RateLimit(60);
        Left left = limit.full(0);
        int sent = 0;
        for (long now = 0; now <= 120 * SECOND; now += SECOND / 10) {
            Optional<Left> taken = limit.take(left, now);
            if (taken.isPresent()) {
                left = taken.get();
                sent++;
            }
        }

        assertThat(sent).isBetween(179, 180);
    }

    @Test
    void limitIsPositive() {
        assertThat(new RateLimit(1).full(0)).isEqualTo(new Left(1, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RateLimit(0))
                .withMessage("perMinute is 0: must be 1 or more");
    }
}
