package org.ergograph.alert.condition;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a rule asks. Immutable.
 *
 * @param condition when it is met; null if {@code slo} says so
 * @param clearCondition when it is clear again; null if as soon as the condition is not met
 * @param scope which series it looks at
 * @param groupBy by which labels its subjects are told apart: {@code series}, {@code kind}, {@code node} or names of attributes;
 *     empty makes one subject of them all
 * @param window how far it looks back
 * @param minSamples with fewer there is no data
 * @param slo null if {@code condition} says what it asks
 */
public record Query(
        @Nullable Condition condition,
        @Nullable Condition clearCondition,
        Scope scope,
        List<String> groupBy,
        Duration window,
        long minSamples,
        @Nullable Slo slo) {
    public Query {
        groupBy = List.copyOf(groupBy);
        if ((condition == null) == (slo == null)) {
            throw new IllegalArgumentException("a rule has a condition or an objective, and not both");
        }
    }

    /** Which stretches it looks at. */
    public Set<LookBack> lookBacks() {
        Set<LookBack> lookBacks = new LinkedHashSet<>();
        if (condition != null) {
            lookBacks.addAll(condition.lookBacks(window));
        }
        if (clearCondition != null) {
            lookBacks.addAll(clearCondition.lookBacks(window));
        }
        if (slo != null) {
            lookBacks.addAll(slo.lookBacks());
        }
        return lookBacks;
    }
}
