package org.ergograph.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RollingTest {
    private final ManualTime time = new ManualTime();
    private final Rolling rolling = new Rolling(Duration.ofSeconds(30), time);

    @Test
    void whatIsOlderThanTheLengthIsGoneAndNotBefore() {
        rolling.record(1_000_000, false);
        time.advance(Duration.ofSeconds(1));
        rolling.seal();
        rolling.record(3_000_000, true);

        time.advance(Duration.ofNanos(29_999_999_999L));
        assertThat(rolling.distribution().count()).isEqualTo(2);
        assertThat(rolling.distribution().errors()).isEqualTo(1);
        assertThat(rolling.distribution().sumNanos()).isEqualTo(4_000_000);

        time.advance(Duration.ofNanos(1));
        assertThat(rolling.distribution().count()).isEqualTo(1);
        assertThat(rolling.distribution().sumNanos()).isEqualTo(3_000_000);

        time.advance(Duration.ofSeconds(30));
        assertThat(rolling.distribution().count()).isZero();
    }
}
