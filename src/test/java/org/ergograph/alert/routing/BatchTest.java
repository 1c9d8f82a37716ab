package org.ergograph.alert.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchTest {
    private record Entry(String alert, int bad) {}

    private static Batch<Entry> batch(List<Entry> entries) {
        return Batch.of(entries, Entry::alert, Comparator.comparing(Entry::bad).reversed());
    }

    private static List<Entry> entries(int count) {
        return IntStream.range(0, count).mapToObj(i -> new Entry("a" + i, i)).toList();
    }

    @Test
    void twentyAreListedWithoutARest() {
        assertThat(batch(entries(20)).listed()).hasSize(20);
        assertThat(batch(entries(20)).rest()).isEmpty();
    }

    @Test
    void stormIsCutAndCounted() {
        Batch<Entry> storm = batch(entries(61));

        assertThat(storm.listed()).hasSize(20).startsWith(new Entry("a60", 60)).endsWith(new Entry("a41", 41));
        assertThat(storm.rest()).isEqualTo("and 41 more");
    }

    @Test
    void newestEntryOfAnAlertStandsForItsOthers() {
        Batch<Entry> batch = batch(List.of(new Entry("a", 1), new Entry("b", 2), new Entry("a", 3)));

        assertThat(batch).isEqualTo(new Batch<>(List.of(new Entry("a", 3), new Entry("b", 2)), 0));
    }
}
