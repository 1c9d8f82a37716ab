package org.ergograph.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TroublesTest {
    private static final long HOUR = Duration.ofHours(1).toNanos();

    private final Troubles troubles = new Troubles();

    @Test
    void troubleIsNewsFirstAndWhenItChangesAndOnceAnHour() {
        assertThat(troubles.isNews("rule", "this", 0)).isTrue();
        assertThat(troubles.isNews("rule", "this", 1)).isFalse();
        assertThat(troubles.isNews("rule", "that", 1)).isTrue();
        assertThat(troubles.isNews("rule", "that", HOUR)).isFalse();
        assertThat(troubles.isNews("rule", "that", HOUR + 1)).isTrue();
        assertThat(troubles.isNews("another", "that", HOUR + 1)).isTrue();
    }

    @Test
    void onlyTheNewestThousandAreRemembered() {
        for (int i = 0; i <= 1_000; i++) {
            troubles.isNews("rule " + i, "this", 0);
        }
        assertThat(troubles.isNews("rule 1000", "this", 0)).isFalse();
        assertThat(troubles.isNews("rule 0", "this", 0)).isTrue();
    }
}
