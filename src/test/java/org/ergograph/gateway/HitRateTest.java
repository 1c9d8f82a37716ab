package org.ergograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.ergograph.gateway.CacheCounts.Result;
import org.junit.jupiter.api.Test;

class HitRateTest {
    private final CacheCounts counts = new CacheCounts();
    private final HitRate rate = new HitRate(counts);

    private void count(Result result, int times) {
        for (int i = 0; i < times; i++) {
            counts.count(result);
        }
    }

    @Test
    void rateIsToldOnceThereWereEnoughLookupsAndOfTheseOnly() {
        count(Result.HIT, 10);
        count(Result.MISS, 9);
        assertThat(rate.next()).isEmpty();
        count(Result.ERROR, 1);
        assertThat(rate.next()).hasValue(0.5);
        assertThat(rate.next()).as("nothing since").isEmpty();
        count(Result.HIT, 20);
        assertThat(rate.next()).hasValue(1);
    }
}
