package org.ergograph.alert;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ergograph.alert.condition.Verdict.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What the last evaluations found, as far as dampening looks back, and the last one at least; the newest last. What found
 * nothing (no data, an error) is not among them. Immutable.
 *
 * @param found one for each evaluation; the newest is zero ago
 */
public record Recent(List<Found> found) {
    /** Nothing was evaluated yet. */
    public static final Recent NONE = new Recent(List.of());

    /** How many are kept at the most, however many there were within the time that dampening looks back. */
    static final int LIMIT = 1000;

    public Recent {
        found = List.copyOf(found);
    }

    /**
     * What one evaluation found.
     *
     * @param ago how long before the newest it was, in time about which something is known
     * @param outcome met, between or clear
     */
    public record Found(Duration ago, Outcome outcome) {}

    /** The newest; empty if there is none. */
    public Optional<Found> newest() {
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(found.size() - 1));
    }

    /**
     * This with one more, without what dampening no longer looks at.
     *
     * @param elapsed since the newest of these
     */
    Recent with(Outcome outcome, Duration elapsed, @Nullable Dampening dampening) {
        List<Found> longer = new ArrayList<>(found.size() + 1);
        for (Found each : found) {
            longer.add(new Found(each.ago().plus(elapsed), each.outcome()));
        }
        longer.add(new Found(Duration.ZERO, outcome));
        return new Recent(longer).seenBy(dampening);
    }

    private Recent seenBy(@Nullable Dampening dampening) {
        int length = dampening == null ? 1 : dampening.within() == null ? dampening.m() : LIMIT;
        List<Found> seen = found.subList(Math.max(0, found.size() - length), found.size());
        Duration within = dampening == null ? null : dampening.within();
        if (within == null) {
            return new Recent(seen);
        }
        return new Recent(
                seen.stream().filter(each -> each.ago().compareTo(within) < 0).toList());
    }

    /** How many of these found the condition met. */
    long met() {
        return found.stream().filter(each -> each.outcome() == Outcome.MET).count();
    }
}
