package org.ergograph.alert.condition;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.ergograph.observation.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What a rule asks. Immutable.
 *
 * @param condition when it is met; null if {@code slo} says so
 * @param clearCondition when it is clear again; null if as soon as the condition is not met
 * @param scope which series it looks at
 * @param groupBy by which labels its subjects are told apart: {@code series}, {@code kind}, {@code node} or names of attributes;
 *     empty makes one subject of them all. A series that has not all of them belongs to no subject
 * @param window how far it looks back; with {@code slo} the objective says so
 * @param minSamples with fewer there is no data: only {@code count}, {@code errors}, the rates and {@code absent()} are known
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
    /** Tells series apart: by kind, name and all attributes. */
    static final String SERIES = "series";

    static final String KIND = "kind";
    static final String NODE = "node";

    /** What is absent must have been there so many windows ago at most, to be known as what is absent. */
    static final int REMEMBERED_WINDOWS = 24;

    /**
     * @throws IllegalArgumentException if it has both or neither of condition and objective, a clear condition without a
     *     condition, a window that is not positive, or a label that none of its series has
     */
    public Query {
        groupBy = List.copyOf(groupBy);
        if ((condition == null) == (slo == null)) {
            throw new IllegalArgumentException("a rule has a condition or an objective, and not both");
        }
        if (clearCondition != null && condition == null) {
            throw new IllegalArgumentException("clearCondition is given without a condition: must not be");
        }
        if (window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException("window is " + window + ": must be positive");
        }
        Set<String> labels = new TreeSet<>(List.of(SERIES, KIND, NODE));
        Arrays.stream(Kind.values())
                .filter(kind -> scope.hasKind(kind.label()))
                .forEach(kind -> labels.addAll(kind.attributes()));
        for (String label : groupBy) {
            if (!labels.contains(label)) {
                throw new IllegalArgumentException(
                        "groupBy is " + label + ": must be one of " + String.join(", ", labels));
            }
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
        if (remembers()) {
            lookBacks.add(remembered());
        }
        return lookBacks;
    }

    /** Whether subjects that are gone are looked for in the past. */
    boolean remembers() {
        return condition != null && condition.asksForAbsence() && !groupBy.isEmpty();
    }

    /** Where subjects that are gone are looked for. */
    LookBack remembered() {
        return new LookBack(window.multipliedBy(REMEMBERED_WINDOWS), window);
    }
}
