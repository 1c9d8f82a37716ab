package org.ergograph.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TimeOrderedIdsTest {
    @Test
    void idsOfOneMillisecondAreInOrderThoughTheCounterRunsOver() {
        TimeOrderedIds ids = new TimeOrderedIds(() -> 1_700_000_000_000L);
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            made.add(ids.next());
        }
        assertThat(made).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void onlyAnIdHasTheFormOfOne() {
        String id = new TimeOrderedIds(() -> 1_700_000_000_000L).next();
        assertThat(TimeOrderedIds.isId(id)).isTrue();
        assertThat(TimeOrderedIds.isId(id + "0")).isFalse();
        assertThat(TimeOrderedIds.isId(id.replace('0', '\0'))).isFalse();
    }

    @Test
    void clockThatIsSetBackDoesNotUndoTheOrder() {
        AtomicLong clock = new AtomicLong(1_700_000_000_000L);
        TimeOrderedIds ids = new TimeOrderedIds(clock::get);
        String before = ids.next();
        clock.addAndGet(-3_600_000);
        assertThat(ids.next()).isGreaterThan(before);
    }

    @Test
    void idIsAUuidOfVersionSevenThatTellsItsTime() {
        UUID id = UUID.fromString(new TimeOrderedIds(() -> 1_700_000_000_123L).next());
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(1_700_000_000_123L);
    }
}
