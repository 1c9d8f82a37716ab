package org.ergograph.report;

import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.ergograph.observation.Kind;
import org.ergograph.observation.NodeIdentity;
import org.ergograph.system.SystemState;
import org.ergograph.system.Usage;
import org.ergograph.window.Distribution;
import org.ergograph.window.SeriesWindow;
import org.ergograph.window.WindowSnapshot;

/**
 * What one node did within its window. Immutable.
 *
 * @param uptime how long the application has been running
 * @param system the latest sample, empty until there is one
 * @param activeRequests HTTP requests that are being answered, the one that asked included
 */
record Summary(
        NodeIdentity node, Duration uptime, WindowSnapshot window, Optional<SystemState> system, long activeRequests) {
    private static final Comparator<SeriesWindow> BY_TIME_SPENT = Comparator.comparingLong(
                    (SeriesWindow each) -> each.distribution().sumNanos())
            .reversed()
            .thenComparingInt(each -> each.series().id());

    /**
     * The HTTP requests. What happens within them, a database operation say, is observed beside the request itself and would
     * count twice.
     */
    Distribution overall() {
        return window.of(Kind.HTTP);
    }

    Map<Kind, Distribution> byKind() {
        Map<Kind, Distribution> kinds = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            kinds.put(kind, window.of(kind));
        }
        return kinds;
    }

    /** The series of this kind, or all, with those first on which most time was spent. */
    List<SeriesWindow> series(Optional<Kind> kind) {
        return window.series().stream()
                .filter(each -> kind.isEmpty() || each.series().kind() == kind.get())
                .sorted(BY_TIME_SPENT)
                .toList();
    }

    OptionalDouble cpuPercent() {
        return system.map(SystemState::cpuPercent).orElse(OptionalDouble.empty());
    }

    OptionalDouble memoryPercent() {
        Optional<Usage> memory = system.flatMap(SystemState::memory);
        return memory.isPresent() ? OptionalDouble.of(memory.get().percent()) : OptionalDouble.empty();
    }
}
