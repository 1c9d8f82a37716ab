package org.ergograph.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuditIdsTest {
    private static final long NOW = AuditIds.EPOCH_MILLIS + 1_000_000;

    @Test
    void idHoldsMillisecondsNodeAndSequence() {
        AuditIds ids = new AuditIds(5);
        assertThat(ids.next(NOW)).isEqualTo(1_000_000L << 22 | 5L << 12);
        assertThat(ids.next(NOW)).isEqualTo(1_000_000L << 22 | 5L << 12 | 1);
    }

    @Test
    void idsAscendThroughTheEndOfASequenceAndAClockThatGoesBack() {
        AuditIds ids = new AuditIds(1023);
        long last = 0;
        for (int i = 0; i < 20_000; i++) {
            long id = ids.next(i < 10_000 ? NOW : NOW - 60_000);
            assertThat(id).isGreaterThan(last);
            last = id;
        }
        assertThat(last >>> 22)
                .as("time part has run ahead by the sequences used up")
                .isEqualTo(1_000_000L + 4);
    }

    @Test
    void idsOfDifferentNodesDiffer() {
        Set<Long> seen = new HashSet<>();
        for (int node = 0; node < 1024; node++) {
            AuditIds ids = new AuditIds(node);
            seen.add(ids.next(NOW));
            seen.add(ids.next(NOW));
        }
        assertThat(seen).hasSize(2048);
    }

    @Test
    void idIsPositiveUntilTheEndOfItsEra() {
        assertThat(new AuditIds(1023).next(AuditIds.EPOCH_MILLIS + (1L << 41) - 1))
                .isPositive();
        assertThat(new AuditIds(0).next(0)).isNotNegative();
    }
}
