package org.ergograph.notify.backtest;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ergograph.alert.condition.LookBack;
import org.ergograph.notify.backtest.Interval.Origin;
import org.ergograph.notify.backtest.Interval.Part;
import org.ergograph.window.Distribution;
import org.ergograph.window.MovingDistribution;
import org.ergograph.window.MovingValues;
import org.ergograph.window.ValueDistribution;

/** What one look-back covers, as it moves on: each interval enters once and leaves once. Not thread-safe. */
final class Stretch {
    /** Takes what the stretch has. */
    interface Taker {
        void durations(Origin origin, Distribution durations);

        void values(Origin origin, ValueDistribution values);
    }

    private final LookBack lookBack;
    private final Deque<Interval> waiting = new ArrayDeque<>();
    private final Deque<Interval> within = new ArrayDeque<>();
    private final Map<Origin, MovingDistribution> durations = new LinkedHashMap<>();
    private final Map<Origin, MovingValues> values = new LinkedHashMap<>();

    Stretch(LookBack lookBack) {
        this.lookBack = lookBack;
    }

    /** Where it begins when it is evaluated at this moment; inclusive. */
    Instant from(Instant now) {
        return to(now).minus(lookBack.length());
    }

    /** Where it ends; exclusive. */
    Instant to(Instant now) {
        return now.minus(lookBack.offset());
    }

    /** Takes an interval that starts after all those that were taken before. */
    void take(Interval interval) {
        waiting.add(interval);
    }

    /** Moves on: an interval counts if any of it is within. */
    void moveTo(Instant now) {
        Interval next = waiting.peek();
        while (next != null && next.from().isBefore(to(now))) {
            within.add(waiting.remove());
            next.parts().forEach(this::enter);
            next = waiting.peek();
        }
        Interval first = within.peek();
        while (first != null && !first.to().isAfter(from(now))) {
            within.remove().parts().forEach(this::leave);
            first = within.peek();
        }
    }

    private void enter(Part part) {
        if (part.durations().count() > 0) {
            durations
                    .computeIfAbsent(part.origin(), origin -> new MovingDistribution())
                    .add(part.durations());
        }
        if (part.values().count() > 0) {
            values.computeIfAbsent(part.origin(), origin -> new MovingValues()).add(part.values());
        }
    }

    private void leave(Part part) {
        if (part.durations().count() > 0) {
            durations.computeIfPresent(part.origin(), (origin, moving) -> {
                moving.dropFirst();
                return moving.count() == 0 ? null : moving;
            });
        }
        if (part.values().count() > 0) {
            values.computeIfPresent(part.origin(), (origin, moving) -> {
                moving.dropFirst();
                return moving.isEmpty() ? null : moving;
            });
        }
    }

    /** Gives away what it has now. */
    void forEach(Taker taker) {
        durations.forEach((origin, moving) -> taker.durations(origin, moving.distribution()));
        values.forEach((origin, moving) -> taker.values(origin, moving.distribution()));
    }
}
