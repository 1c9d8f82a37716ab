package org.ergograph.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GcPausesTest {
    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource({
        "G1 Young Generation, end of minor GC, true",
        "G1 Old Generation, end of major GC, true",
        "G1 Concurrent GC, end of concurrent GC pause, true",
        "PS Scavenge, end of minor GC, true",
        "PS MarkSweep, end of major GC, true",
        "Copy, end of minor GC, true",
        "MarkSweepCompact, end of major GC, true",
        "ZGC Pauses, end of GC pause, true",
        "ZGC Cycles, end of GC cycle, false",
        "ZGC Minor Pauses, end of GC pause, true",
        "ZGC Major Cycles, end of GC cycle, false",
        "Shenandoah Pauses, end of GC pause, true",
        "Shenandoah Cycles, end of GC cycle, false",
        "GPGC New, end of GC cycle, false",
        "GPGC New Pauses, end of GC pause, true"
    })
    void pauseIsWhatStopsTheApplication(String collector, String action, boolean pause) {
        assertThat(GcPauses.isPause(collector, action)).isEqualTo(pause);
    }

    @Test
    void collectionIsHeardWhileOpenAndNotAfterwards() {
        ConcurrentLinkedQueue<Double> closed = new ConcurrentLinkedQueue<>();
        GcPauses mine = new GcPauses(collector -> closed::add);
        collectUntil(() -> !closed.isEmpty());
        assertThat(closed)
                .isNotEmpty()
                .allSatisfy(seconds -> assertThat(seconds).isBetween(0.0, 60.0));

        mine.close();
        // Notifications arrive in order: what a later listener hears, this one would have heard as well.
        ConcurrentLinkedQueue<Double> open = new ConcurrentLinkedQueue<>();
        GcPauses other = new GcPauses(collector -> open::add);
        collectUntil(() -> !open.isEmpty());
        closed.clear();
        int heard = open.size();
        collectUntil(() -> open.size() > heard);
        other.close();
        assertThat(closed).isEmpty();
    }

    @Test
    void everyCollectorOfThisRuntimeThatPausesHasItsHistogram() {
        ConcurrentLinkedQueue<String> names = new ConcurrentLinkedQueue<>();
        GcPauses pauses = new GcPauses(collector -> {
            names.add(collector);
            return seconds -> {};
        });
        pauses.close();
        List<String> pausing = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .map(GarbageCollectorMXBean::getName)
                .filter(GcPauses::mayPause)
                .toList();
        assertThat(names).containsExactlyElementsOf(pausing).isNotEmpty();
    }

    private static void collectUntil(BooleanSupplier condition) {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            System.gc();
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
