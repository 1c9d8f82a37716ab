package org.ergograph.advice;

import java.util.function.Predicate;
import org.ergograph.observation.Kind;
import org.ergograph.observation.Series;
import org.jspecify.annotations.Nullable;

/**
 * What is monitored. Immutable.
 *
 * @param name the series' name; null for all of the kind
 * @param second the value of the kind's second attribute; null for any
 * @param label in words
 */
record Target(Kind kind, @Nullable String name, @Nullable String second, String label) implements Predicate<Series> {
    @Override
    public boolean test(Series series) {
        return series.kind() == kind
                && (name == null || series.name().equals(name))
                && (second == null || series.value(1).equals(second));
    }
}
